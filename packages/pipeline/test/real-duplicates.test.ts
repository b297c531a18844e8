import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DpoExample } from "@dpo-kit/schema";
import { expect, test } from "vitest";
import { dedupeFiles, runConversion } from "../src/node.ts";
import { workspace } from "./workspace.ts";

const folder = process.env.DPO_REAL_DATA;

/** The same example with its answers the other way round. */
function reversed(line: string): string {
  const { preferred_output, non_preferred_output, ...rest } = JSON.parse(line) as DpoExample;
  return JSON.stringify({
    ...rest,
    preferred_output: non_preferred_output,
    non_preferred_output: preferred_output,
  });
}

/** The same example but for white space at the ends of its prompt. */
function spaced(line: string): string {
  const example = JSON.parse(line) as DpoExample;
  const last = example.input.messages.at(-1)!;
  last.content = `  ${last.content as string}\n`;
  return JSON.stringify(example);
}

/**
 * What trainers and providers let pass, and what is seen of it in real pairs: empty answers, equal lines, and A over B
 * beside B over A (https://github.com/PKU-Alignment/beavertails/issues/4).
 */
test.skipIf(folder === undefined)(
  "hh-rlhf: empty answers are rejected; repeated and reversed pairs are counted, and go if asked",
  async () => {
    const place = await workspace({});
    const source = join(folder!, "pairwise", "anthropics+hh-rlhf", "harmless-base", "test.jsonl.gz");
    const all = place.path("all.jsonl");
    const plain = await runConversion({ inputs: [source], output: all });
    expect(plain.ledgers.records).toMatchObject({ total: 2312, converted: 2308 });
    expect(plain.ledgers.records.rejected).toEqual(new Map([["PAIR_EMPTY_ANSWER", 4]]));
    expect(plain.duplicates).toMatchObject({ exact: 0, reversed: 0 });

    const lines = (await place.read("all.jsonl")).trimEnd().split("\n");
    const added = [
      ...lines.slice(0, 50),
      ...lines.slice(50, 80).map(spaced),
      ...lines.slice(80, 100).map(reversed),
    ];
    await writeFile(place.path("bad.jsonl"), `${[...lines, ...added].join("\n")}\n`);
    const request = { inputs: [place.path("bad.jsonl")], output: place.path("clean.jsonl") };
    const clean = await dedupeFiles({ ...request, dedupe: "normalised", conflicts: "drop" });
    expect(clean.ledgers.pairs).toMatchObject({ total: 2408, duplicate: 80, conflict: 40 });
    const kept = (await place.read("clean.jsonl")).trimEnd().split("\n");
    expect(kept).toEqual(lines.filter((_, index) => index < 80 || index >= 100));
  },
  60_000,
);
