import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchOfLines } from "../test/batch-of-lines.ts";
import { lineBytes } from "./batch-lines.ts";
import { verdicts } from "./reducer.ts";
import { selectLines } from "./select-lines.ts";

const batch = await batchOfLines(6);

describe("selectLines", () => {
  it("gives the lines that are kept and go to the output, in order", () => {
    const property = fc.property(
      fc.uint8Array({ min: 0, max: 2, minLength: 6, maxLength: 6 }),
      fc.uint8Array({ min: 0, max: 1, minLength: 6, maxLength: 6 }),
      fc.nat({ max: 1 }),
      (verdict, output, wanted) => {
        const expected = [0, 1, 2, 3, 4, 5]
          .filter((line) => verdict[line] === verdicts.keep && output[line] === wanted)
          .map((line) => lineBytes(batch, line));
        const selected = [...selectLines(batch, { verdict, output }, wanted)];
        expect(Buffer.concat(selected)).toEqual(Buffer.concat(expected));
        expect(selected.every((run) => run.buffer === batch.bytes.buffer && run.length > 0)).toBe(true);
      },
    );
    fc.assert(property);
  });

  it("gives a batch that is kept wholly as one", () => {
    const all = [...selectLines(batch, { verdict: new Uint8Array(6) })];
    expect(all).toHaveLength(1);
    expect(all[0]).toEqual(batch.bytes);
  });

  it("gives lines that stand together as one", () => {
    const verdict = Uint8Array.of(0, 0, 1, 0, 1, 0);
    expect([...selectLines(batch, { verdict })]).toHaveLength(3);
    expect([...selectLines(batch, { verdict }, 1)]).toEqual([]);
  });
});
