import type { DpoExample, ExportLossCode, JsonObject } from "@dpo-kit/schema";
import { ExportNotes, type OmissionCode } from "./export-notes.ts";
import type { ExportOptions, ExportTarget } from "./export-target.ts";

/** What became of an example: rows and what is lost in them, or why there are none. Never nothing. */
export type ExportedExample =
  | {
      readonly kind: "rows";
      /** One row or more; carried JSON in them remembers its number tokens and the order of its keys. */
      readonly rows: readonly JsonObject[];
      readonly losses: readonly ExportLossCode[];
    }
  | { readonly kind: "left-out"; readonly reason: OmissionCode };

/**
 * Writes a canonical example as rows of a target. The example must be valid (`validateExample` finds no error).
 * Tools keep their number tokens and key order if they were carried (`carryJson`), arguments always.
 */
export function exportExample(
  example: DpoExample,
  target: ExportTarget,
  options: ExportOptions = {},
): ExportedExample {
  const notes = new ExportNotes();
  const rows = target.rows(example, notes, options);
  return notes.omission === undefined
    ? { kind: "rows", rows, losses: notes.losses }
    : { kind: "left-out", reason: notes.omission };
}
