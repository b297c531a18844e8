import { carriedJsonText, carryJson, type FunctionCall, type JsonValue } from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";

/**
 * The arguments of a call as an object: their values, the digits of numbers and the order of keys as they were.
 * Only the white space between tokens, and escapes that are not needed, are lost. Undefined where the text is no
 * object.
 */
export function argumentsObject(call: FunctionCall, notes: ExportNotes): JsonValue | undefined {
  const value = parse(call.arguments);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    notes.leaveOut("EXPORT_OMITS_ARGUMENTS");
    return undefined;
  }
  if (carriedJsonText(value) !== call.arguments) {
    notes.lose("EXPORT_LOSES_ARGUMENT_TEXT");
  }
  return value;
}

function parse(text: string): JsonValue | undefined {
  try {
    return carryJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}
