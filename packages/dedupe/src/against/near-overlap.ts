import type { PairBatch } from "@dpo-kit/batch";
import { createKeyIndex, type KeyIndex } from "../keys/key-index.ts";
import { bandingFor } from "../near/banding.ts";
import { mix } from "../near/mix.ts";
import { type NearOptions, resolveNearOptions } from "../near/near-options.ts";
import { type PairParts, partsInBatch, partsOf } from "../near/pair-parts.ts";
import { likeness, pairShingles } from "../near/pair-shingles.ts";
import { PairSigner } from "../near/pair-signer.ts";
import { ShingleLog } from "../near/shingle-log.ts";
import { DEFAULT_MEMORY } from "../spill/memory-options.ts";
import type { HeldOutIndex, Overlap } from "./held-out-index.ts";
import { spokenMessages } from "./overlap-keys.ts";

/** Held-out pairs of one band that a pair is compared with, at most. */
const MOST_IN_BAND = 64;

/**
 * Held-out pairs by the bands of their signatures, with their shingles to verify what is found. `on: "prompt"` looks
 * at the prompt without its system messages.
 */
export class NearOverlap implements HeldOutIndex {
  readonly #options: ReturnType<typeof resolveNearOptions>;
  readonly #signer: PairSigner;
  readonly #whole: KeyIndex;
  /** Of each band of all held-out pairs the first of these that has it. */
  readonly #bands: KeyIndex;
  readonly #shingles: ShingleLog;
  /** The place of each held-out pair. */
  readonly #places: number[] = [];
  /** Of each band of each held-out pair the next entry with the same band; 0 for none. */
  readonly #next: number[] = [0];
  readonly #key: Uint32Array = new Uint32Array(4);

  /** @throws RUN_OPTION_INVALID */
  constructor(options: NearOptions) {
    this.#options = resolveNearOptions(options);
    this.#signer = new PairSigner(bandingFor(this.#options.threshold));
    const memory = options.memory ?? DEFAULT_MEMORY;
    this.#whole = createKeyIndex({ ...options, memory: memory / 16 });
    this.#bands = createKeyIndex({ ...options, memory: memory / 2 });
    this.#shingles = new ShingleLog({ ...options, memory: memory / 4 });
  }

  get size(): number {
    return this.#places.length;
  }

  add(batch: PairBatch, placeOf: (pair: number) => number): void {
    for (let pair = 0; pair < batch.count; pair += 1) {
      const parts = this.#partsOf(batch, pair);
      const signature = this.#signer.sign(parts);
      if (signature !== undefined && this.#whole.add(signature.whole, 0, 0) === -1) {
        this.#places.push(placeOf(pair));
        this.#shingles.add(pairShingles(parts));
        this.#addBands(signature.bands);
      }
    }
  }

  lookUp(batch: PairBatch): (pair: number) => Overlap | undefined {
    return (pair) => {
      const parts = this.#partsOf(batch, pair);
      const signature = this.#signer.sign(parts);
      const candidates = signature === undefined ? [] : this.#candidates(signature.bands);
      return candidates.length === 0 ? undefined : this.#mostAlike(pairShingles(parts), candidates);
    };
  }

  close(): void {
    this.#whole.close();
    this.#bands.close();
    this.#shingles.close();
  }

  /** Entries of one band are a list: the first, then the others from the last added on. */
  #addBands(bands: Uint32Array): void {
    for (let band = 0; band < bands.length / 2; band += 1) {
      const entry = this.#next.length;
      const first = this.#bands.add(this.#bandKey(bands, band), 0, entry);
      this.#next.push(first === -1 ? 0 : this.#next[first]!);
      if (first !== -1) {
        this.#next[first] = entry;
      }
    }
  }

  #candidates(bands: Uint32Array): number[] {
    const found = new Set<number>();
    const count = bands.length / 2;
    for (let band = 0; band < count; band += 1) {
      let entry = this.#bands.find(this.#bandKey(bands, band), 0);
      for (let steps = 0; entry > 0 && steps < MOST_IN_BAND; steps += 1) {
        found.add(Math.floor((entry - 1) / count));
        entry = this.#next[entry]!;
      }
    }
    return [...found].sort((one, other) => one - other);
  }

  /** The most alike of the candidates, of equals the first; undefined where none is near. */
  #mostAlike(shingles: ReturnType<typeof pairShingles>, candidates: readonly number[]): Overlap | undefined {
    const { threshold } = this.#options;
    let best: { place: number; score: number } | undefined;
    for (const candidate of candidates) {
      const score = likeness(shingles, this.#shingles.read(candidate), threshold);
      if (score >= threshold && score > (best?.score ?? 0)) {
        best = { place: this.#places[candidate]!, score };
      }
    }
    return best;
  }

  #partsOf(batch: PairBatch, pair: number): PairParts {
    const { on } = this.#options;
    return on === "prompt"
      ? partsOf({ messages: spokenMessages(batch, pair), preferred: [], nonPreferred: [] }, on)
      : partsInBatch(batch, pair, on);
  }

  #bandKey(bands: Uint32Array, band: number): Uint32Array {
    const [first, second] = [bands[band * 2]!, bands[band * 2 + 1]!];
    this.#key.set([first, second, mix(first), mix(second)]);
    return this.#key;
  }
}
