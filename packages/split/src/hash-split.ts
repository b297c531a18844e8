import { createKeyHasher, type PairBatch, type VerdictColumn, verdicts } from "@dpo-kit/batch";
import { createGroupKeys, describeGroups, type GroupBy } from "./group-keys.ts";
import { checkSeed } from "./seed.ts";
import { outputOf, splitBounds } from "./split-bounds.ts";
import type { SplitShare } from "./split-names.ts";
import type { SplitReducer } from "./split-reducer.ts";

/** How pairs are split by ratio. */
export interface HashSplitOptions {
  /** Two or three parts whose ratios sum to 1. */
  readonly splits: readonly SplitShare[];
  /** What never stands on two sides. Default: `prompt`. */
  readonly by?: GroupBy;
  /** A whole number from 0. Another seed is another split. Default: 42. */
  readonly seed?: number;
}

/**
 * Splits by a keyed hash of each pair's group (`docs/keys.md`, "Splits"). Which side a pair is on depends on its
 * group, the seed and the ratios alone: not on other pairs, their order or number. So it decides as it reads,
 * and pairs that are added later move none of those that were there.
 *
 * @throws SPLIT_INVALID; later SPLIT_FIELD_UNKNOWN where the pairs lack the field.
 */
export async function createHashSplit(options: HashSplitOptions): Promise<SplitReducer> {
  const bounds = splitBounds(options.splits);
  const seed = checkSeed(options.seed);
  const by = options.by ?? "prompt";
  const hasher = await createKeyHasher();
  const groupKeys = createGroupKeys(by, hasher);

  function apply(batch: PairBatch, current: Uint8Array): VerdictColumn {
    const keys = groupKeys(batch);
    const output = new Uint8Array(batch.count);
    for (let pair = 0; pair < batch.count; pair += 1) {
      if (current[pair] === verdicts.keep) {
        output[pair] = outputOf(bounds, hasher.splitValue(keys, pair, seed));
      }
    }
    return { verdict: new Uint8Array(batch.count), output };
  }

  return {
    name: "split",
    needsAll: false,
    names: bounds.names,
    stability: {
      isStable: true,
      sentence: `Pairs of the same ${describeGroups(by)} stay on one side, and adding pairs moves none that were there.`,
    },
    apply,
  };
}
