import type { CodeDefinition } from "./definition.ts";

/** Codes of canonical lines and files: the canonical schema and the rules of the providers. */
export type LineCode = "LINE_INVALID_JSON";

export const lineCodes: Record<LineCode, CodeDefinition> = {
  LINE_INVALID_JSON: {
    kind: "malformed",
    severity: "error",
    title: "The line is not valid JSON",
    meaning: "Each line must be one complete JSON object.",
    fix: "Mend the line at the column given.",
    example: '{"input": {"messages": [}',
    source: "https://jsonlines.org/",
  },
};
