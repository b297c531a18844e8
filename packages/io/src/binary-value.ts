import type { JsonObject, JsonValue } from "@dpo-kit/schema";

/** Bytes that are no text, as JSON: `{"$binary": "<base64>"}`. */
export function binaryValue(bytes: Uint8Array): JsonObject {
  const parts: string[] = [];
  // In pieces: a call takes only so many arguments. Of a multiple of three, so that none needs padding.
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + pieceBytes))));
  }
  return { $binary: parts.join("") };
}

const pieceBytes = 3 << 12;

/** Whether a value stands for bytes that are no text. */
export function isBinaryValue(value: JsonValue): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    typeof value.$binary === "string" &&
    Object.keys(value).length === 1
  );
}
