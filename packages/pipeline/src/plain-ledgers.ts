import { type Counts, emptyLedgers, type Ledgers } from "@dpo-kit/batch";
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

/** The ledgers in JSON of {@link plainLedgers}; what is not there is 0. */
export function parseLedgers(plain: JsonObject): Ledgers {
  const ledgers = emptyLedgers();
  for (const [name, ledger] of Object.entries(ledgers) as [string, Record<string, number | Counts>][]) {
    const found = objectOf(plain[name]);
    for (const [key, value] of Object.entries(ledger)) {
      ledger[key] = value instanceof Map ? parseCounts(found[key]) : numberOf(found[key]);
    }
  }
  return ledgers;
}

/** The counts in JSON of {@link plainCounts}. */
export function parseCounts(plain: JsonValue | undefined): Counts {
  return new Map(Object.entries(objectOf(plain)).map(([name, value]) => [name, numberOf(value)]));
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

function numberOf(value: JsonValue | undefined): number {
  return typeof value === "number" ? value : 0;
}
