import { carriedJsonText, jsonString, type ToolCall } from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";
import { argumentsObject } from "./call-arguments.ts";

/** Each call as the JSON text `{"name":…,"arguments":{…}}`, without its id. */
export function callTexts(calls: readonly ToolCall[], notes: ExportNotes): string[] {
  notes.lose("EXPORT_LOSES_CALL_IDS");
  return calls.map((call) => {
    const given = carriedJsonText(argumentsObject(call.function, notes) ?? {});
    return `{"name":${jsonString(call.function.name)},"arguments":${given}}`;
  });
}
