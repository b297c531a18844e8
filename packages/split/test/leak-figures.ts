import type { PairBatch } from "@dpo-kit/batch";
import { createKeyHasher } from "@dpo-kit/batch";
import { createRandom } from "@dpo-kit/testkit";
import { createGroupKeys, type GroupBy } from "../src/group-keys.ts";
import { createHashSplit, createLeakCheck } from "../src/index.ts";

/** How much of the test part of a split was seen in training. */
export interface LeakFigures {
  readonly testRows: number;
  /** Rows of the test part whose prompt is also in the train part. */
  readonly samePrompt: number;
  /** Rows of the test part whose conversation opens as one in the train part does. */
  readonly sameOpening: number;
}

/** Sends a tenth of the rows to the test part, as `train_test_split` of `datasets` does: whatever their prompts. */
export function randomTenth(count: number, seed: number): Uint8Array {
  const random = createRandom(seed);
  const rows = Array.from({ length: count }, (_, row) => row);
  const output = new Uint8Array(count);
  for (let left = Math.ceil(count / 10); left > 0; left -= 1) {
    const [row] = rows.splice(random.integer(0, rows.length - 1), 1);
    output[row!] = 1;
  }
  return output;
}

/** The same by {@link createHashSplit}. */
export async function hashedTenth(batch: PairBatch, by: GroupBy): Promise<Uint8Array> {
  const splits = [
    { name: "train", ratio: 0.9 },
    { name: "test", ratio: 0.1 },
  ] as const;
  const reducer = await createHashSplit({ splits, by });
  return reducer.apply(batch, new Uint8Array(batch.count)).output!;
}

export async function leakFigures(batch: PairBatch, output: Uint8Array): Promise<LeakFigures> {
  const openings = createGroupKeys("conversation", await createKeyHasher())(batch);
  return {
    testRows: output.filter((part) => part === 1).length,
    samePrompt: leakedRows(batch.promptKey, output),
    sameOpening: leakedRows(openings, output),
  };
}

function leakedRows(keys: Uint32Array, output: Uint8Array): number {
  const check = createLeakCheck({ files: 2 });
  output.forEach((file, row) => {
    check.add(keys, row, { file, line: row + 1 });
  });
  return check.report().overlaps[0]?.lines[1] ?? 0;
}
