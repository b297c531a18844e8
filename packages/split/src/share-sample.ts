import { createKeyHasher, type PairBatch, type Reducer, type VerdictColumn, verdicts } from "@dpo-kit/batch";
import { createDraw } from "./drawn-value.ts";
import { createGroupKeys, describeGroups, type GroupBy } from "./group-keys.ts";
import { eachKept } from "./pair-entries.ts";
import { checkSeed } from "./seed.ts";
import { invalidSplit } from "./split-bounds.ts";
import type { Stability } from "./split-reducer.ts";

/** A reducer that takes a sample: the other pairs are sampled out. */
export interface SampleReducer extends Reducer {
  readonly stability: Stability;
}

/** How large a sample is taken. */
export interface ShareSampleOptions {
  /** The share of the groups, more than 0 and at most 1. */
  readonly share: number;
  /** What is taken or left as a whole. Default: `prompt`. */
  readonly by?: GroupBy;
  /** Default: 42. */
  readonly seed?: number;
}

/**
 * Samples a share of the groups by a keyed hash of each. It decides as it reads; a larger share with the same seed
 * holds every smaller one.
 *
 * @throws SPLIT_INVALID; later SPLIT_FIELD_UNKNOWN where the pairs lack the field.
 */
export async function createShareSample(options: ShareSampleOptions): Promise<SampleReducer> {
  const { share, by = "prompt" } = options;
  if (!(share > 0 && share <= 1)) {
    throw invalidSplit(`The share of the sample is ${share}; it must be more than 0 and at most 1`);
  }
  const hasher = await createKeyHasher();
  const draw = createDraw(hasher, "sample", checkSeed(options.seed));
  const groupKeys = createGroupKeys(by, hasher);

  function apply(batch: PairBatch, current: Uint8Array): VerdictColumn {
    const keys = groupKeys(batch);
    const verdict = new Uint8Array(batch.count);
    eachKept(batch, current, (pair) => {
      verdict[pair] = draw(keys, pair) < share ? verdicts.keep : verdicts.sampledOut;
    });
    return { verdict };
  }

  return {
    name: "sample",
    needsAll: false,
    stability: {
      isStable: true,
      sentence: `Each ${describeGroups(by)} is taken or left as a whole, and adding pairs changes that of none that were there.`,
    },
    apply,
  };
}
