import { checkOneTurn, checkSystemFirst } from "../rules/check-conversation.ts";
import { fewestLines, MEGABYTE, mostBytes, mostLines } from "../rules/check-file.ts";
import { checkContentNotEmpty, checkRoles } from "../rules/check-message-content.ts";
import { checkNoTools } from "../rules/check-tool-use.ts";
import { fileRule, lineRule, SOURCES_READ } from "../rules/rule.ts";
import * as sources from "../sources.ts";
import type { Target } from "./target.ts";

const source = sources.fireworksCheck;

/** Fireworks AI. The rules are those of its documentation and of the check that its cookbook gives. */
export const fireworks: Target = {
  id: "fireworks",
  title: "Fireworks AI",
  lineRules: [
    lineRule("INPUT_NOT_ONE_TURN", checkOneTurn, { source }),
    lineRule("INPUT_SYSTEM_LATE", checkSystemFirst, { source }),
    lineRule("MESSAGE_ROLE_NOT_TAKEN", checkRoles(["system", "user", "assistant", "tool"]), { source }),
    lineRule("MESSAGE_CONTENT_EMPTY", checkContentNotEmpty, { source }),
    lineRule("TOOL_DEFINITIONS_DROPPED", checkNoTools, { source: sources.fireworksLoader }),
  ],
  fileRules: [
    fileRule("FILE_TOO_FEW_LINES", fewestLines(3), { source: sources.fireworksGuide }),
    fileRule("FILE_TOO_MANY_LINES", mostLines(3_000_000), { source: sources.fireworksGuide }),
    fileRule("FILE_LARGE_UPLOAD", mostBytes(150 * MEGABYTE, "150 MB"), { source: sources.fireworksUploads }),
  ],
  tolerates: [],
  notes: [
    {
      text: "Examples longer than the context that the job asks for are not documented to be refused; not checked.",
      source: sources.fireworksGuide,
      date: SOURCES_READ,
    },
  ],
};
