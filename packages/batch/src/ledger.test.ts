import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addLedgers, count, emptyLedgers, findImbalances, type Ledgers, sum } from "./ledger.ts";

const arbitraryCounts = fc
  .array(fc.tuple(fc.constantFrom("a", "b", "__proto__", "constructor"), fc.nat({ max: 1000 })))
  .map((entries) => new Map(entries));

/** Ledgers that balance: whatever the parts are, the totals are their sums. */
const arbitraryLedgers: fc.Arbitrary<Ledgers> = fc
  .tuple(
    fc.array(fc.nat({ max: 1000 }), { minLength: 10, maxLength: 10 }),
    fc.array(arbitraryCounts, { minLength: 5, maxLength: 5 }),
  )
  .map(([numbers, [skipped, rejected, dropped, written, filtered]]) => {
    const [
      blank,
      malformed,
      intoRecords,
      unjoined,
      notRead,
      converted,
      duplicate,
      conflict,
      heldOut,
      sampledOut,
    ] = numbers as [number, number, number, number, number, number, number, number, number, number];
    const pairs = sum(written!) + duplicate + conflict + sum(filtered!) + heldOut + sampledOut;
    return {
      units: {
        read: blank + malformed + intoRecords + unjoined + notRead,
        blank,
        malformed,
        intoRecords,
        unjoined,
        notRead,
      },
      records: {
        total: converted + sum(skipped!) + sum(rejected!),
        converted,
        skipped: skipped!,
        rejected: rejected!,
      },
      comparisons: { considered: pairs + sum(dropped!), pairs, dropped: dropped! },
      pairs: {
        total: pairs,
        written: written!,
        duplicate,
        conflict,
        filtered: filtered!,
        heldOut,
        sampledOut,
      },
    };
  });

describe("ledgers", () => {
  it("that balance still do when they are added", () => {
    const property = fc.property(fc.array(arbitraryLedgers, { maxLength: 4 }), (list) => {
      const total = emptyLedgers();
      list.forEach((ledgers) => {
        expect(findImbalances(ledgers)).toEqual([]);
        addLedgers(total, ledgers);
      });
      expect(findImbalances(total)).toEqual([]);
      expect(total.records.total).toBe(list.reduce((records, one) => records + one.records.total, 0));
      expect(sum(total.records.skipped)).toBe(
        list.reduce((skips, one) => skips + sum(one.records.skipped), 0),
      );
    });
    fc.assert(property);
  });

  it("are added without touching what is added", () => {
    const one = emptyLedgers();
    count(one.records.skipped, "tie");
    const total = emptyLedgers();
    addLedgers(total, one);
    addLedgers(total, one);
    expect(total.records.skipped.get("tie")).toBe(2);
    expect(one.records.skipped.get("tie")).toBe(1);
  });

  it.each<[string, (ledgers: Ledgers) => void]>([
    ["units", (ledgers) => (ledgers.units.read += 1)],
    ["records", (ledgers) => count(ledgers.records.rejected, "X")],
    ["comparisons", (ledgers) => (ledgers.comparisons.considered += 1)],
    ["pairs", (ledgers) => (ledgers.pairs.duplicate += 1)],
    [
      "pairs of comparisons",
      (ledgers) => {
        ledgers.comparisons.pairs += 1;
        ledgers.comparisons.considered += 1;
      },
    ],
  ])("say which of them does not balance: %s", (name, spoil) => {
    const ledgers = emptyLedgers();
    spoil(ledgers);
    expect(findImbalances(ledgers).map((sentence) => sentence.split(":")[0])).toEqual([name]);
  });

  it("count names that objects have", () => {
    const counts = new Map<string, number>();
    count(counts, "__proto__");
    count(counts, "__proto__", 2);
    expect([...counts]).toEqual([["__proto__", 3]]);
  });
});
