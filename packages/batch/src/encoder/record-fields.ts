import type { JsonValue } from "@dpo-kit/schema";
import type { OriginalRecord, Provenance } from "../outcome.ts";

/**
 * The provenance of a pair, with the fields of these names as its record has them, where the converter said
 * nothing of them: so pairs can be grouped by any column. Lists and objects are no values to group by.
 */
export function withRecordFields(
  provenance: Provenance | undefined,
  record: OriginalRecord | undefined,
  names: readonly string[],
): Provenance | undefined {
  const value = record?.value;
  if (names.length === 0 || typeof value !== "object" || value === null || Array.isArray(value)) {
    return provenance;
  }
  const found = names.filter((name) => isScalarMember(value, name));
  return found.length === 0
    ? provenance
    : { ...Object.fromEntries(found.map((name) => [name, value[name] as string])), ...provenance };
}

function isScalarMember(value: { readonly [name: string]: JsonValue }, name: string): boolean {
  return Object.hasOwn(value, name) && (typeof value[name] !== "object" || value[name] === null);
}
