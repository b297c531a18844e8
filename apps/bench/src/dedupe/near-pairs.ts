import { createRandom, type Random } from "@dpo-kit/testkit/random";

/** The texts of a pair: prompt, preferred and non-preferred answer. */
export type PairTexts = readonly [prompt: string, preferred: string, nonPreferred: string];

/** What is generated. */
export interface NearPairsOptions {
  readonly pairs: number;
  readonly seed: number;
}

/** One of three repeats an earlier pair with edits; of these every tenth without any. */
const REPEATED = 1 / 3;
const UNCHANGED = 1 / 10;
/** Up to this share of the words of a part is edited, so that likenesses lie on both sides of 0.8. */
const MOST_EDITED = 0.06;
const VOCABULARY = 20_000;

/**
 * Pairs of about 1,770 characters, many of them near duplicates: words put in, taken out and replaced, in
 * every part of the pair, whole or by a part alone. The same for the same seed on every machine.
 */
export function nearPairs({ pairs, seed }: NearPairsOptions): PairTexts[] {
  const random = createRandom(seed);
  const vocabulary = Array.from({ length: VOCABULARY }, () => randomWord(random));
  const made: string[][][] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const isRepeated = made.length > 0 && random.chance(REPEATED);
    made.push(isRepeated ? repeat(random, made, vocabulary) : freshParts(random, vocabulary));
  }
  return made.map((parts) => parts.map((words) => words.join(" ")) as unknown as PairTexts);
}

function randomWord(random: Random): string {
  const letters = Array.from({ length: random.integer(2, 9) }, () => random.integer(97, 122));
  return String.fromCharCode(...letters);
}

function freshParts(random: Random, vocabulary: readonly string[]): string[][] {
  const lengths = [random.integer(8, 90), random.integer(20, 220), random.integer(20, 220)];
  return lengths.map((length) => Array.from({ length }, () => random.pick(vocabulary)));
}

function repeat(random: Random, made: readonly string[][][], vocabulary: readonly string[]): string[][] {
  const original = random.pick(made);
  if (random.chance(UNCHANGED)) {
    return original;
  }
  const edited = random.fraction() * MOST_EDITED;
  return original.map((words) => edit(random, words, { edits: words.length * edited, vocabulary }));
}

/** Replaces, puts in and takes out words, in places that are drawn. */
function edit(
  random: Random,
  words: readonly string[],
  options: { edits: number; vocabulary: readonly string[] },
): string[] {
  const edited = [...words];
  for (let left = options.edits; left > random.fraction(); left -= 1) {
    const at = random.integer(0, edited.length - 1);
    const kind = random.integer(0, 2);
    edited.splice(at, kind === 0 ? 0 : 1, ...(kind === 1 ? [] : [random.pick(options.vocabulary)]));
  }
  return edited;
}
