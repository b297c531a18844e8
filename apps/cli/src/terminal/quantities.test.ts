import { describe, expect, test } from "vitest";
import { countOf, formatBytes, formatCount, formatDuration, formatShare } from "./quantities.ts";

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [1234567, "1,234,567"],
])("%i is shown as %s", (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test("singular and plural", () => {
  expect([0, 1, 2].map((count) => countOf(count, "record"))).toEqual(["0 records", "1 record", "2 records"]);
  expect(countOf(2, "entry", "entries")).toBe("2 entries");
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [123_456, "123 kB"],
  [99_960, "100 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [2_400_000_000, "2.4 GB"],
])("%i bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [40, "0.0 s"],
  [1234, "1.2 s"],
  [9960, "10 s"],
  [59_400, "59 s"],
  [59_600, "1 min 0 s"],
  [200_000, "3 min 20 s"],
  [3_900_000, "1 h 5 min"],
])("%i ms are %s", (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

describe("formatShare", () => {
  test("is never all unless all, and never none unless none", () => {
    expect(formatShare(999, 1000)).toBe("99 %");
    expect(formatShare(1, 1000)).toBe("1 %");
    expect(formatShare(1000, 1000)).toBe("100 %");
    expect(formatShare(0, 1000)).toBe("0 %");
    expect(formatShare(0, 0)).toBe("0 %");
  });
});
