import { carryJson, type JsonValue } from "@dpo-kit/schema";
import { pythonToJson } from "./python-to-json.ts";

/** How a structured text was written. */
export type StructuredTextForm = "json" | "double-encoded-json" | "python" | "numpy";

export interface StructuredText {
  /** A list or an object, frozen; it remembers its number tokens (`carriedJsonText`). */
  value: JsonValue;
  via: StructuredTextForm;
}

const beginsStructure = /^\s*(?:[[{("]|array\()/u;

/**
 * Reads a text that holds a list or an object: as JSON, as JSON that was encoded as a JSON text once more, as
 * Python's `repr` prints it, or as NumPy's `str` does. Undefined for every other text, numbers and words
 * included: they are text. Nothing is evaluated; time is linear.
 */
export function parseStructuredText(text: string): StructuredText | undefined {
  if (!beginsStructure.test(text)) {
    return undefined;
  }
  const value = tryJson(text);
  if (typeof value === "string") {
    const inner = tryJson(value);
    return isStructure(inner) ? { value: inner, via: "double-encoded-json" } : undefined;
  }
  return value === undefined ? parsePython(text) : { value, via: "json" };
}

function parsePython(text: string): StructuredText | undefined {
  const found = pythonToJson(text);
  const value = found && tryJson(found.json);
  return found && isStructure(value) ? { value, via: found.numpy ? "numpy" : "python" } : undefined;
}

function isStructure(value: JsonValue | undefined): value is JsonValue {
  return typeof value === "object" && value !== null;
}

function tryJson(text: string): JsonValue | undefined {
  try {
    return carryJson(text);
  } catch {
    return undefined;
  }
}
