import fc from "fast-check";
import { expect, test } from "vitest";
import { formatMetrics, parseMetrics } from "./metrics.ts";

const csv = "step,train_loss,valid_loss\n1,0.5,\n2,0.25,0.3\n";

test("a result file is read, plain or as base64; empty cells are no zeros", () => {
  const rows = [
    { step: 1, train_loss: 0.5 },
    { step: 2, train_loss: 0.25, valid_loss: 0.3 },
  ];
  expect(parseMetrics(csv)).toEqual(rows);
  expect(parseMetrics(btoa(csv))).toEqual(rows);
  expect(parseMetrics(csv.replaceAll("\n", "\r\n"))).toEqual(rows);
  expect(parseMetrics("")).toEqual([]);
});

test("what is written is read back the same", () => {
  const name = fc.constantFrom("train_loss", "valid_loss", "train_accuracy", "step");
  const row = fc.dictionary(name, fc.double({ noNaN: true, noDefaultInfinity: true }), { minKeys: 1 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (rows) => {
      expect(parseMetrics(formatMetrics(rows))).toEqual(
        rows.map((each) =>
          Object.fromEntries(Object.entries(each).map(([key, value]) => [key, value === 0 ? 0 : value])),
        ),
      );
    }),
  );
});

test("step is the first column", () => {
  expect(formatMetrics([{ train_loss: 1, step: 2 }])).toBe("step,train_loss\n2,1\n");
});
