import { checkEarlierTurns } from "../rules/check-conversation.ts";
import {
  fewestLines,
  GIGABYTE,
  MEGABYTE,
  mostBytes,
  nameEndsInJsonl,
  noBlankLines,
  noByteOrderMark,
} from "../rules/check-file.ts";
import { checkReservedTokens } from "../rules/check-message-content.ts";
import { fileRule, lineRule, SOURCES_READ } from "../rules/rule.ts";
import * as sources from "../sources.ts";
import type { Target } from "./target.ts";

const LARGEST_FILE = 8 * GIGABYTE;

/** OpenAI's fine-tuning platform. Its line rules are those of the format, which is OpenAI's own. */
export const openai: Target = {
  id: "openai",
  title: "OpenAI",
  lineRules: [
    lineRule("INPUT_EARLIER_TURNS", checkEarlierTurns, { severity: "info" }),
    lineRule("MESSAGE_RESERVED_TOKEN", checkReservedTokens, { severity: "warning" }),
  ],
  fileRules: [
    fileRule("FILE_TOO_FEW_LINES", fewestLines(10), { source: sources.openaiMinimum }),
    fileRule("FILE_LARGE_UPLOAD", mostBytes(512 * MEGABYTE, "512 MB"), { source: sources.openaiFiles }),
    fileRule("FILE_TOO_LARGE", mostBytes(LARGEST_FILE, "8 GB"), { source: sources.openaiUploads }),
    fileRule("FILE_BYTE_ORDER_MARK", noByteOrderMark, {
      severity: "warning",
      source: sources.openaiArrayRefused,
    }),
    fileRule("FILE_BLANK_LINES", noBlankLines, { severity: "warning", source: sources.jsonLines }),
    fileRule("FILE_NAME_NOT_JSONL", nameEndsInJsonl, { source: sources.openaiFiles }),
  ],
  largestFile: LARGEST_FILE,
  tolerates: [],
  notes: [
    {
      text: "Each example is limited to the context of the model. Longer ones are truncated, not refused; the limit in tokens is not documented, and is not checked.",
      source: sources.openaiTruncation,
      date: SOURCES_READ,
    },
    {
      text: "No new fine-tuning job can be created after 2027-01-06. Azure, Together and Fireworks take the same files.",
      source: sources.openaiDeprecations,
      date: SOURCES_READ,
    },
    {
      text: "Files are checked for unsafe content as a whole, and the report does not say which lines; this cannot be checked before the upload.",
      source: sources.openaiModeration,
      date: SOURCES_READ,
    },
  ],
};
