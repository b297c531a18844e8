import type { UnitLedger } from "@dpo-kit/batch";

/** Counts one unit of a source, where somebody counts. */
export function countUnit(units: UnitLedger | undefined, kind: "blank" | "intoRecords" | "malformed"): void {
  if (units !== undefined) {
    units.read += 1;
    units[kind] += 1;
  }
}
