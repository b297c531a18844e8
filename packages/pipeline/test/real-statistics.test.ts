import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DpoExample } from "@dpo-kit/schema";
import { expect, test } from "vitest";
import { collectFileStatistics, diffFiles, runConversion } from "../src/node.ts";
import { workspace } from "./workspace.ts";

const folder = process.env.DPO_REAL_DATA;

/** The characters of the two answers of each line, counted without the packages under test. */
function lengthsOf(path: string): [preferred: number, nonPreferred: number][] {
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return lines.map((line) => {
    const example = JSON.parse(line) as DpoExample;
    const sides = [example.preferred_output, example.non_preferred_output];
    return sides.map(([message]) => [...(message!.content as string)].length) as [number, number];
  });
}

/** The mean of the differences over their standard deviation, in two passes as a textbook has it. */
function pairedEffect(lengths: readonly [number, number][]): number {
  const differences = lengths.map(([one, other]) => one - other);
  const mean = differences.reduce((sum, each) => sum + each, 0) / differences.length;
  const squares = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return mean / Math.sqrt(squares / (differences.length - 1));
}

test.skipIf(folder === undefined)(
  "hh-rlhf harmless-base: the preferred answers are the shorter ones, d = -0.18; turned round, all is flipped",
  async () => {
    const place = await workspace({});
    const source = join(folder!, "pairwise", "anthropics+hh-rlhf", "harmless-base", "test.jsonl.gz");
    const all = place.path("all.jsonl");
    await runConversion({ inputs: [source], output: all });
    const { statistics, findings } = await collectFileStatistics({ inputs: [all] });
    const lengths = lengthsOf(all);
    const { bias, preferred, nonPreferred } = statistics.lengths.characters;
    expect(bias.pairedD).toBeCloseTo(-0.18, 2);
    expect(bias.pairedD).toBeCloseTo(pairedEffect(lengths), 10);
    expect(bias.longer.preferred).toBe(lengths.filter(([one, other]) => one > other).length);
    expect(bias.longer.nonPreferred).toBe(lengths.filter(([one, other]) => one < other).length);
    expect(preferred.sum).toBe(lengths.reduce((sum, [one]) => sum + one, 0));
    expect(nonPreferred.max).toBe(Math.max(...lengths.map(([, other]) => other)));
    expect(findings.map(({ code }) => code)).toContain("AUDIT_LENGTH_BIAS");

    const turned = readFileSync(all, "utf8").replace(
      /"preferred_output":(.*),"non_preferred_output":(.*)\}$/gmu,
      '"preferred_output":$2,"non_preferred_output":$1}',
    );
    const { diff } = await diffFiles({ old: all, new: await place.write("turned.jsonl", turned) });
    expect(diff).toMatchObject({ unchanged: 0, flipped: { pairs: 2308 }, added: { pairs: 0 } });
    const other = await collectFileStatistics({ inputs: [place.path("turned.jsonl")], tokens: false });
    expect(other.statistics.lengths.characters.bias.pairedD).toBeCloseTo(-bias.pairedD!, 12);
  },
);
