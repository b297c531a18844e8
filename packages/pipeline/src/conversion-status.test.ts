import { emptyLedgers, type Ledgers } from "@dpo-kit/batch";
import { describe, expect, test } from "vitest";
import { conversionStatus } from "./conversion-status.ts";

function ledgersOf(written: number, rejected: number): Ledgers {
  const ledgers = emptyLedgers();
  ledgers.records.total = written + rejected;
  ledgers.pairs.written.set("train", written);
  return ledgers;
}

describe("conversionStatus", () => {
  test.each([
    { written: 10, rejected: 0, exitCode: 0 },
    { written: 0, rejected: 0, exitCode: 0 },
    { written: 9, rejected: 1, exitCode: 1 },
    { written: 0, rejected: 3, exitCode: 1, allowRejects: { kind: "count", value: 5 } as const },
    { written: 9, rejected: 1, exitCode: 0, allowRejects: { kind: "count", value: 1 } as const },
    { written: 8, rejected: 2, exitCode: 1, allowRejects: { kind: "count", value: 1 } as const },
    { written: 9, rejected: 1, exitCode: 0, allowRejects: { kind: "percent", value: 10 } as const },
    { written: 89, rejected: 11, exitCode: 1, allowRejects: { kind: "percent", value: 10 } as const },
    { written: 1, rejected: 9, exitCode: 0, onInvalid: "skip" as const },
  ])("$written written, $rejected rejected: exit $exitCode", ({ written, rejected, exitCode, ...rest }) => {
    expect(
      conversionStatus({ ledgers: ledgersOf(written, rejected), rejects: rejected, ...rest }).exitCode,
    ).toBe(exitCode);
  });

  test("says when records gave no pair at all, and not when there were none", () => {
    expect(conversionStatus({ ledgers: ledgersOf(0, 2), rejects: 2 }).noPairs).toBe(true);
    expect(conversionStatus({ ledgers: ledgersOf(0, 0), rejects: 0 }).noPairs).toBe(false);
  });

  test("says that no pair came where all that was read are judgements of what is not there", () => {
    const ledgers = ledgersOf(0, 0);
    ledgers.units.unjoined = 3;
    expect(conversionStatus({ ledgers, rejects: 0 })).toMatchObject({ exitCode: 1, noPairs: true });
  });
});
