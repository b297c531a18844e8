import type { Random } from "@dpo-kit/testkit";
import type { StatedPair } from "./make-batches.ts";

/** Words that say nothing. */
export function randomWords(random: Random, count: number): string[] {
  return Array.from({ length: count }, () => `w${random.integer(0, 5000)}`);
}

/** Replaces some words. */
export function edit(random: Random, words: readonly string[], edits: number): string[] {
  const edited = [...words];
  for (let time = 0; time < edits; time += 1) {
    edited[random.integer(0, edited.length - 1)] = `new${random.integer(0, 1e6)}`;
  }
  return edited;
}

/** Pairs of which every third repeats an earlier one with a few words changed, in no order. */
export function nearPairs(random: Random, count: number): StatedPair[] {
  const pairs: string[][][] = [];
  for (let number = 0; number < count; number += 1) {
    const lengths = [random.integer(40, 150), random.integer(40, 150), random.integer(40, 150)];
    const repeated =
      number % 3 === 2
        ? random.pick(pairs).map((words) => edit(random, words, random.integer(0, 1)))
        : lengths.map((length) => randomWords(random, length));
    pairs.push(repeated);
  }
  return pairs.map((parts) => {
    const [prompt, preferred, nonPreferred] = parts.map((words) => words.join(" "));
    return { prompt: prompt!, preferred: `good ${preferred}`, nonPreferred: `bad ${nonPreferred}` };
  });
}
