import type { Counts, Ledgers } from "@dpo-kit/batch";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";

/** Ledgers as JSON, names in code unit order. */
export function plainLedgers(ledgers: Ledgers): JsonObject {
  const plain = (value: unknown): JsonValue =>
    value instanceof Map ? plainCounts(value as Counts) : (value as JsonValue);
  return Object.fromEntries(
    Object.entries(ledgers).map(([name, ledger]) => [
      name,
      Object.fromEntries(Object.entries(ledger as object).map(([key, value]) => [key, plain(value)])),
    ]),
  );
}

/** Counts as JSON, names in code unit order. */
export function plainCounts(counts: ReadonlyMap<string, number>): JsonObject {
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}
