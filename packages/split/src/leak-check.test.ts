import { verdicts } from "@dpo-kit/batch";
import { diskEntrySorters } from "@dpo-kit/io/node";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchesOf } from "../test/batches.ts";
import { createLeakCheck, type LeakReport } from "./leak-check.ts";
import { leakIssues } from "./leak-issues.ts";

/** Lines of files, as prompts by number. */
type Files = readonly (readonly number[])[];

function reportOf(files: Files, options: Parameters<typeof createLeakCheck>[0] = {}): LeakReport {
  const check = createLeakCheck({ files: files.length, ...options });
  files.forEach((prompts, file) => {
    prompts.forEach((prompt, index) => {
      check.add(Uint32Array.of(9, 9, 9, 9, 0, 0, prompt, 7), 1, { file, line: index + 1 });
    });
  });
  const report = check.report();
  expect(check.report()).toEqual(report);
  check.close();
  check.close();
  return report;
}

/** Compares all lines with all. */
function bruteForce(files: Files): LeakReport {
  const pairsOfFiles = files.flatMap((_, first) =>
    files.map((__, second) => [first, second] as const).filter(([one, other]) => one < other),
  );
  const inBoth = (one: number, other: number) =>
    files[one]!.filter((prompt) => files[other]!.includes(prompt));
  const shared = new Map<number, { file: number; line: number }[]>();
  files.forEach((prompts, file) => {
    for (const prompt of new Set(prompts)) {
      const places = shared.get(prompt) ?? [];
      places.push({ file, line: prompts.indexOf(prompt) + 1 });
      shared.set(prompt, places);
    }
  });
  const leaks = [...shared.values()].filter(({ length }) => length > 1);
  return {
    files: files.map((prompts) => ({ lines: prompts.length, prompts: new Set(prompts).size })),
    overlaps: pairsOfFiles
      .map(([one, other]) => ({
        files: [one, other] as const,
        prompts: new Set(inBoth(one, other)).size,
        lines: [inBoth(one, other).length, inBoth(other, one).length] as const,
      }))
      .filter(({ prompts }) => prompts > 0),
    sharedPrompts: leaks.length,
    examples: leaks.slice(0, 20),
  };
}

describe("createLeakCheck", () => {
  it("finds what brute force finds, in memory and on disk", () => {
    const files = fc.array(fc.array(fc.nat(60), { maxLength: 40 }), { maxLength: 4 });
    fc.assert(
      fc.property(files, (lines) => {
        const expected = bruteForce(lines);
        expect(reportOf(lines)).toEqual(expected);
        expect(reportOf(lines, { createSorter: diskEntrySorters({ maxBytes: 200 }) })).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("counts the lines of a run as they are written", async () => {
    const [batch] = await batchesOf([{ prompt: "a" }, { prompt: "b" }, { prompt: "A " }, { prompt: "a" }]);
    const check = createLeakCheck({ files: 3 });
    const verdict = Uint8Array.of(verdicts.keep, verdicts.keep, verdicts.keep, verdicts.duplicate);
    check.addBatch(batch!, { verdict, output: Uint8Array.of(0, 1, 1, 0) });
    expect(check.report()).toEqual({
      files: [
        { lines: 1, prompts: 1 },
        { lines: 2, prompts: 2 },
        { lines: 0, prompts: 0 },
      ],
      overlaps: [{ files: [0, 1], prompts: 1, lines: [1, 1] }],
      sharedPrompts: 1,
      examples: [
        [
          { file: 0, line: 1 },
          { file: 1, line: 2 },
        ],
      ],
    });
  });
});

describe("leakIssues", () => {
  it("say where the prompt is, and where it was", () => {
    const report = reportOf([[1, 2], [3, 2], [2]]);
    expect(leakIssues(report, ["a.jsonl", "b.jsonl", "c.jsonl"])).toMatchObject([
      {
        code: "SPLIT_LEAK",
        location: { source: "b.jsonl", line: 2 },
        message: "The prompt is also in a.jsonl, line 2",
      },
      { code: "SPLIT_LEAK", location: { source: "c.jsonl", line: 1 } },
    ]);
    expect(leakIssues(reportOf([[1], [2]]), ["a.jsonl", "b.jsonl"])).toEqual([]);
  });
});
