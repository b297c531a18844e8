import { describe, expect, test } from "vitest";
import { fakeHost, plainStyle } from "../../test/fake-host.ts";
import { createProgressBar, progressLine } from "./progress-bar.ts";
import { createTerminal } from "./terminal.ts";

const half = {
  bytesRead: 50_000_000,
  bytesTotal: 100_000_000,
  records: 123_456,
  pairs: 123_000,
  rejected: 3,
};

describe("progressLine", () => {
  test("how far, how much, how fast, how long still", () => {
    expect(progressLine(half, 1000, plainStyle)).toBe(
      "██████░░░░░░   50 %  50.0 MB  50.0 MB/s  1.0 s left  123,456 records  3 rejects",
    );
  });

  test("without a total there is no bar and no time left", () => {
    expect(progressLine({ bytesRead: 1000, records: 1, pairs: 1, rejected: 0 }, 500, plainStyle)).toBe(
      "1.0 kB  2.0 kB/s  1 record",
    );
  });

  test("of many sources how many are done, and the first that are under way", () => {
    const current = [
      "feedback/a.csv",
      "hf://datasets/o/n@0123/train.jsonl",
      "c\u001b[31m.csv",
      "d.csv",
      "e.csv",
    ];
    const line = progressLine({ ...half, sources: { done: 3, total: 40, current } }, 1000, {
      ...plainStyle,
      width: 200,
    });
    expect(line).toContain("50 %  3/40 sources  50.0 MB");
    expect(line).toMatch(/3 rejects {2}a\.csv {2}train\.jsonl {2}c.*\.csv {2}\+2$/u);
    expect(line).not.toContain("\u001b");
    // What matters most is there on a narrow terminal too.
    const narrow = progressLine({ ...half, sources: { done: 3, total: 40, current } }, 1000, {
      ...plainStyle,
      width: 60,
    });
    expect(narrow).toContain("3/40 sources");
    expect(narrow.length).toBeLessThan(60);
  });

  test("more bytes than announced do not break the bar", () => {
    const over = { bytesRead: 30, bytesTotal: 10, records: 2, pairs: 2, rejected: 0 };
    expect(progressLine(over, 1000, plainStyle)).toContain("████████████  100 %");
  });
});

test("the bar is redrawn at most every 100 ms, and taken off the screen", () => {
  const host = fakeHost({ stderrIsTTY: true });
  const { err } = createTerminal(host);
  let time = 0;
  const bar = createProgressBar(err, () => time);
  bar.clear();
  expect(host.err()).toBe("");
  for (time = 0; time < 250; time += 50) {
    bar.update(half);
  }
  expect(host.err().split("\r").length - 1).toBe(3);
  bar.clear();
  bar.clear();
  expect(host.err().endsWith("\r\u001b[2K")).toBe(true);
  expect(host.err().split("\r").length - 1).toBe(4);
});
