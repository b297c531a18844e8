import { carryJson } from "@dpo-kit/schema";
import { binaryValue } from "./binary-value.ts";
import type { LooseJson } from "./exact-json.ts";
import type { RowNotes } from "./table-row.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A text of a table. One that is not valid UTF-8 is noted. */
export function textCell(bytes: Uint8Array, notes: RowNotes, path: string): string {
  try {
    return utf8.decode(bytes);
  } catch {
    notes.invalid ??= { path, bytes };
    return "";
  }
}

/** Bytes of no stated type: text where they are UTF-8 without NUL, as older writers store texts. */
export function untypedCell(bytes: Uint8Array): LooseJson {
  try {
    return bytes.includes(0) ? binaryValue(bytes) : utf8.decode(bytes);
  } catch {
    return binaryValue(bytes);
  }
}

/** A JSON text of a column of such: its value. A text that is no JSON stays a text. */
export function jsonCell(content: string): LooseJson {
  try {
    return carryJson(content);
  } catch {
    return content;
  }
}

/** JSON has no NaN, which stands for a missing number in tables, and no infinities. */
export function floatCell(number: unknown): number | null {
  return Number.isFinite(number) ? (number as number) : null;
}
