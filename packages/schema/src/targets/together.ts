import { checkAlternation, checkSameContentForm } from "../rules/check-conversation.ts";
import {
  fewestLines,
  GIGABYTE,
  mostBytes,
  nameEndsInJsonl,
  noBlankLines,
  noByteOrderMark,
} from "../rules/check-file.ts";
import { checkContentNotNull, checkNoRefusalPart, checkRoles } from "../rules/check-message-content.ts";
import { fileRule, lineRule, SOURCES_READ } from "../rules/rule.ts";
import * as sources from "../sources.ts";
import type { Target } from "./target.ts";

const source = sources.togetherCheck;

const LARGEST_FILE = Math.floor(50.1 * GIGABYTE);

/** Together AI. The rules are those of its last local check that looked into the lines (client 1.x). */
export const together: Target = {
  id: "together",
  title: "Together AI",
  lineRules: [
    lineRule("MESSAGE_ROLE_NOT_TAKEN", checkRoles(["system", "user", "assistant"]), { source }),
    lineRule("INPUT_ROLES_NOT_ALTERNATING", checkAlternation, { source }),
    lineRule("MESSAGE_CONTENT_NULL", checkContentNotNull, { source }),
    lineRule("MESSAGE_PART_NOT_TAKEN", checkNoRefusalPart, { source }),
    lineRule("INPUT_CONTENT_MIXED", checkSameContentForm, { source }),
  ],
  fileRules: [
    fileRule("FILE_TOO_FEW_LINES", fewestLines(1), { source }),
    fileRule("FILE_TOO_LARGE", mostBytes(LARGEST_FILE, "50.1 GiB"), { source }),
    fileRule("FILE_BYTE_ORDER_MARK", noByteOrderMark, { source, severity: "error" }),
    fileRule("FILE_BLANK_LINES", noBlankLines, { source, severity: "error" }),
    fileRule("FILE_NAME_NOT_JSONL", nameEndsInJsonl, { source }),
  ],
  largestFile: LARGEST_FILE,
  tolerates: [],
  notes: [
    {
      text: "Newer clients check only encoding, objects, number of lines and size; the server checks the lines after the upload, and its full list of rules is not published.",
      source: sources.togetherSkills,
      date: SOURCES_READ,
    },
    {
      text: "The service trains on images too, given inside the line. The canonical format is text only, so such lines are errors here.",
      source,
      date: SOURCES_READ,
    },
    {
      text: "With long-context LoRA each side has half of the window of the model, in tokens; not checked.",
      source: sources.togetherGuide,
      date: SOURCES_READ,
    },
  ],
};
