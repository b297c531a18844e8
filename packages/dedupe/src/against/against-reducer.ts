import { type PairBatch, type Reducer, type Replacement, type VerdictColumn, verdicts } from "@dpo-kit/batch";
import type { NearOptions } from "../near/near-options.ts";
import type { MemoryOptions } from "../spill/memory-options.ts";
import type { HeldOutIndex } from "./held-out-index.ts";
import { keyOverlap } from "./key-overlap.ts";
import { NearOverlap } from "./near-overlap.ts";
import { overlapKeys } from "./overlap-keys.ts";
import { PlaceCodes } from "./place-codes.ts";

/** What counts as an overlap with held-out pairs. */
export interface AgainstOptions extends MemoryOptions {
  /**
   * - `exact`: the same bytes.
   * - `normalised` (default): the same, whatever case and white space (`docs/keys.md`).
   * - `near`: alike, as {@link createNearDedupe} says.
   */
  readonly match?: "exact" | "normalised" | "near" | undefined;
  /**
   * - `prompt` (default): pairs whose prompt is held out go, whatever their answers and their system message. A
   *   model that was trained on the questions of a benchmark is not measured by it, so this is what a held-out
   *   file is for. A pair that is held out as a whole has its prompt, so it goes too.
   * - `pair`: only pairs go whose prompt and both answers are held out together.
   */
  readonly on?: "prompt" | "pair" | undefined;
  /** The least likeness for `near`. Default: 0.8. */
  readonly threshold?: NearOptions["threshold"];
}

/** A streaming reducer that takes out what overlaps held-out pairs. */
export interface AgainstReducer extends Reducer {
  /**
   * Holds out the pairs of a batch, which come from `source`: a file as the user named it. All must be added
   * before the first `apply`.
   * @throws DEDUPE_MEMORY IO_WRITE_FAILED
   */
  add(batch: PairBatch, source: string): void;
  /** How many different prompts or pairs are held out. */
  readonly size: number;
}

/**
 * Makes the reducer of `--against`. Pairs that overlap are held out; `insteadOf` names the place in the held-out
 * file: of the first record with that key, or of the most alike one and how alike it is. The verdict on a pair
 * depends on that pair and the held-out ones alone.
 *
 * @throws RUN_OPTION_INVALID
 */
export async function createAgainst(options: AgainstOptions = {}): Promise<AgainstReducer> {
  const index = await createIndex(options);
  const places = new PlaceCodes();

  function apply(batch: PairBatch, current: Uint8Array): VerdictColumn {
    const verdict = new Uint8Array(batch.count);
    const insteadOf = new Map<number, Replacement>();
    const overlapOf = index.lookUp(batch);
    for (let pair = 0; pair < batch.count; pair += 1) {
      const overlap = current[pair] === verdicts.keep ? overlapOf(pair) : undefined;
      if (overlap !== undefined) {
        const { place, ...score } = overlap;
        verdict[pair] = verdicts.heldOut;
        insteadOf.set(pair, { kept: places.decode(place), ...score });
      }
    }
    return { verdict, insteadOf };
  }

  return {
    name: "against",
    needsAll: false,
    get size() {
      return index.size;
    },
    add: (batch, source) => index.add(batch, (pair) => places.encode(batch, pair, source)),
    apply,
    close: () => index.close(),
  };
}

async function createIndex(options: AgainstOptions): Promise<HeldOutIndex> {
  const { match = "normalised", on = "prompt" } = options;
  return match === "near"
    ? new NearOverlap({ ...options, on: on === "pair" ? "both" : "prompt" })
    : keyOverlap(await overlapKeys(match, on), options);
}
