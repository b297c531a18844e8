import type { LineCode } from "./codes/index.ts";
import { checkEnd, checkHasUser } from "./rules/check-conversation.ts";
import { noCarriageReturns, noJsonArray } from "./rules/check-file.ts";
import { checkHasContent, checkLoneSurrogates } from "./rules/check-message-content.ts";
import { checkOutputsDiffer, checkOutputsTeach } from "./rules/check-outputs.ts";
import { checkShape } from "./rules/check-shape.ts";
import { checkParallelUse, checkToolUse } from "./rules/check-tool-use.ts";
import { type FileRule, fileRule, type LineRule, lineRule } from "./rules/rule.ts";

/**
 * The codes that say that a line is not of the canonical shape. A line has one of them exactly if the zod
 * schema of `@dpo-kit/schema/zod` refuses it.
 */
export const schemaCodes: ReadonlySet<LineCode> = new Set<LineCode>([
  "LINE_NOT_OBJECT",
  "LINE_MISSING_KEY",
  "LINE_EXTRA_KEY",
  "LINE_OLD_NAMES",
  "LINE_SHAPE_SFT",
  "LINE_SHAPE_TRL",
  "LINE_SHAPE_OTHER",
  "LINE_WRONG_TYPE",
  "INPUT_MESSAGES_NOT_ARRAY",
  "INPUT_MESSAGES_EMPTY",
  "MESSAGE_MISSING_KEY",
  "MESSAGE_EXTRA_KEY",
  "MESSAGE_ROLE_INVALID",
  "MESSAGE_ROLE_DEVELOPER",
  "MESSAGE_CONTENT_INVALID",
  "MESSAGE_PART_INVALID",
  "MESSAGE_NOT_TEXT",
  "MESSAGE_WEIGHT_INVALID",
  "OUTPUT_NOT_ARRAY",
  "OUTPUT_EMPTY",
  "OUTPUT_SEVERAL_MESSAGES",
  "OUTPUT_ROLE_INVALID",
  "OUTPUT_TOOL_MESSAGE",
  "OUTPUT_WEIGHT",
  "TOOL_DEFINITION_INVALID",
  "TOOL_NAME_INVALID",
  "TOOL_CALL_INVALID",
  "TOOL_ARGUMENTS_NOT_TEXT",
]);

/** The rules of the format itself, which hold for every provider. They are always checked. */
export const formatRules: readonly LineRule[] = [
  ...[...schemaCodes].map((code) => lineRule(code, checkShape)),
  lineRule("INPUT_NO_USER", checkHasUser),
  lineRule("INPUT_ENDS_WITH_ASSISTANT", checkEnd),
  lineRule("MESSAGE_NO_CONTENT", checkHasContent),
  lineRule("OUTPUT_NOTHING_TO_LEARN", checkOutputsTeach),
  lineRule("OUTPUT_IDENTICAL", checkOutputsDiffer),
  lineRule("LINE_LONE_SURROGATE", checkLoneSurrogates),
  lineRule("TOOL_NAME_UNKNOWN", checkToolUse),
  lineRule("TOOL_ARGUMENTS_NOT_JSON", checkToolUse),
  lineRule("TOOL_RESULT_UNKNOWN", checkToolUse),
  lineRule("TOOL_CALL_UNANSWERED", checkToolUse),
  lineRule("TOOL_PARALLEL_UNUSED", checkParallelUse),
];

/** The rules about files that hold for every provider. */
export const formatFileRules: readonly FileRule[] = [
  fileRule("FILE_JSON_ARRAY", noJsonArray),
  fileRule("FILE_CRLF", noCarriageReturns),
];
