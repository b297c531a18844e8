import * as sources from "../sources.ts";
import type { CodeDefinition } from "./definition.ts";

/** Codes of the tools of a canonical line and of the calls to them. */
export type ToolCode =
  | "TOOL_DEFINITION_INVALID"
  | "TOOL_NAME_INVALID"
  | "TOOL_NAME_UNKNOWN"
  | "TOOL_CALL_INVALID"
  | "TOOL_ARGUMENTS_NOT_TEXT"
  | "TOOL_ARGUMENTS_NOT_JSON"
  | "TOOL_RESULT_UNKNOWN"
  | "TOOL_CALL_UNANSWERED"
  | "TOOL_PARALLEL_UNUSED"
  | "TOOL_DEFINITIONS_DROPPED";

export const toolCodes: Record<ToolCode, CodeDefinition> = {
  TOOL_DEFINITION_INVALID: {
    kind: "rule",
    severity: "error",
    title: "A tool is not a function definition",
    meaning:
      'A tool is {"type":"function","function":{"name":…}} with optional description, parameters and strict, and no other key.',
    fix: "Write the tool in that shape.",
    example: '{"input":{"tools":[{"name":"get_weather"}],…},…}',
    source: sources.openaiSchema,
  },
  TOOL_NAME_INVALID: {
    kind: "rule",
    severity: "error",
    title: "The name of a function is not allowed",
    meaning: "A name has 1 to 64 of the characters A-Z, a-z, 0-9, underscore and hyphen.",
    fix: "Rename the function, in the tools and in the calls.",
    example: '{"type":"function","function":{"name":"get weather"}}',
    source: sources.openaiSchema,
  },
  TOOL_NAME_UNKNOWN: {
    kind: "rule",
    severity: "warning",
    title: "A call names a function that input.tools does not have",
    meaning: "The model learns to call what it was never offered; most often the name is misspelt.",
    fix: "Correct the name, or add the function to input.tools.",
    example: 'a call of "get_wether" where input.tools has "get_weather"',
    source: sources.openaiFunctionCalling,
  },
  TOOL_CALL_INVALID: {
    kind: "rule",
    severity: "error",
    title: "A tool call is not of the known shape",
    meaning: 'A call is {"id":"…","type":"function","function":{"name":"…","arguments":"…"}}.',
    fix: "Write the call in that shape.",
    example: '{"role":"assistant","tool_calls":[{"name":"get_weather"}]}',
    source: sources.openaiSchema,
  },
  TOOL_ARGUMENTS_NOT_TEXT: {
    kind: "rule",
    severity: "error",
    title: "The arguments of a call are not a JSON text",
    meaning:
      'Arguments are JSON written as a string: "{\\"city\\":\\"Oslo\\"}". Hugging Face writes an object.',
    fix: "Write them as a string. `dpo validate --fix` does it.",
    example: '{"name":"get_weather","arguments":{"city":"Oslo"}}',
    source: sources.openaiSchema,
  },
  TOOL_ARGUMENTS_NOT_JSON: {
    kind: "rule",
    severity: "warning",
    title: "The arguments of a call do not parse as JSON",
    meaning: "The service takes any text there, and the model learns to write it.",
    fix: "Mend the JSON, unless the malformed call is the point of the example.",
    example: '{"name":"get_weather","arguments":"{city: Oslo}"}',
    source: sources.openaiSchema,
  },
  TOOL_RESULT_UNKNOWN: {
    kind: "rule",
    severity: "error",
    title: "A tool message answers a call that no earlier message makes",
    meaning: "tool_call_id must be the id of a tool call of an earlier assistant message.",
    fix: "Correct the id, or add the assistant message with the call before it.",
    example: '[{"role":"user",…},{"role":"tool","tool_call_id":"call_9","content":"21 °C"}]',
    source: sources.openaiFunctionCalling,
  },
  TOOL_CALL_UNANSWERED: {
    kind: "rule",
    severity: "warning",
    title: "A tool call of the input has no result",
    meaning: "Chat services want a tool message for every call before the conversation goes on.",
    fix: "Add the tool message with the result of the call.",
    example: "[user, assistant with tool_calls, user]",
    source: sources.openaiFunctionCalling,
  },
  TOOL_PARALLEL_UNUSED: {
    kind: "rule",
    severity: "warning",
    title: "parallel_tool_calls is false and there are no tools",
    meaning: "Without tools it has no effect; the tools may have been lost on the way.",
    fix: "Add the tools, or remove parallel_tool_calls.",
    example: '{"input":{"messages":[…],"parallel_tool_calls":false},…}',
    source: sources.openaiSchema,
  },
  TOOL_DEFINITIONS_DROPPED: {
    kind: "rule",
    severity: "warning",
    title: "The provider's loader leaves the tools out",
    meaning: "The answers are trained without the function definitions that they refer to.",
    fix: "Leave lines with tools out of the file for this provider, if their answers need them.",
    example: '{"input":{"messages":[…],"tools":[{…}]},…}',
    source: sources.fireworksLoader,
  },
};
