import { describe, expect, it } from "vitest";
import { WordHasher } from "./word-hasher.ts";

/** The hashes of the words of a text. */
function hashes(...texts: readonly string[]): string[] {
  const words = new WordHasher();
  for (const text of texts) {
    words.add(text);
  }
  return Array.from({ length: words.count }, (_, word) => `${words.first[word]}-${words.second[word]}`);
}

describe("WordHasher", () => {
  it.each([
    ["Hello, World!", ["hello", "world"]],
    ["don't", ["don", "t"]],
    ["don’t", ["don", "t"]],
    ["Ça va? Très bien.", ["ça", "va", "très", "bien"]],
    ["e\u0301tude", ["étude"]],
    ["2+2=4", ["2", "+", "2", "=", "4"]],
    ["a<b", ["a", "<", "b"]],
    ["snake_case", ["snake_case"]],
    ["漢字かな", ["漢", "字", "か", "な"]],
    ["我爱TypeScript吗", ["我", "爱", "typescript", "吗"]],
    ["ภาษา", ["ภ", "า", "ษ", "า"]],
    ["한국어 문장", ["한국어", "문장"]],
    ["ok👍🏽done", ["ok", "👍", "🏽", "done"]],
    ["𠮷野家", ["𠮷", "野", "家"]],
    ["مرحبا بالعالم", ["مرحبا", "بالعالم"]],
    [" \n ?!… ", []],
  ])("takes the words of %j apart", (text, words) => {
    expect(hashes(text)).toEqual(words.flatMap((word) => hashes(word)));
    expect(hashes(text)).toHaveLength(words.length);
  });

  it("joins the words of several texts, but not at their ends", () => {
    expect(hashes("one two", "three")).toEqual(hashes("one two three"));
  });

  it("gives the same hashes on every machine and version", () => {
    expect(hashes("dpo 漢 👍")).toMatchInlineSnapshot(`
      [
        "3961220932-1244990655",
        "1837635656-1181541015",
        "4278176383-1274080613",
      ]
    `);
  });

  it("gives many different words different hashes", () => {
    const words = Array.from({ length: 200_000 }, (_, number) => `word${number}`);
    expect(new Set(hashes(words.join(" "))).size).toBe(words.length);
  });
});
