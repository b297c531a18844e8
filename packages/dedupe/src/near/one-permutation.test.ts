import { createRandom } from "@dpo-kit/testkit";
import { expect, it } from "vitest";
import { textJaccard } from "../../test/jaccard.ts";
import { edit, randomWords } from "../../test/near-texts.ts";
import { OnePermutation } from "./one-permutation.ts";
import { WordHasher } from "./word-hasher.ts";

function sign(permutation: OnePermutation, text: string): Uint32Array {
  const words = new WordHasher();
  words.add(text);
  return permutation.sign(words).slice();
}

it.each([
  ["short", 12],
  ["long", 400],
])("estimates the Jaccard likeness of %s texts without bias", (_name, length) => {
  const random = createRandom(5);
  const permutation = new OnePermutation(42);
  let error = 0;
  for (let time = 0; time < 2000; time += 1) {
    const words = randomWords(random, length);
    const other = edit(random, words, Math.ceil(length / 40)).join(" ");
    const [left, right] = [sign(permutation, words.join(" ")), sign(permutation, other)];
    const estimate = left.filter((value, bin) => value === right[bin]).length / left.length;
    error += estimate - textJaccard(words.join(" "), other);
  }
  expect(Math.abs(error / 2000)).toBeLessThan(0.01);
});
