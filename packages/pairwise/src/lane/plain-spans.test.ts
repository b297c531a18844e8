import fc from "fast-check";
import { expect, test } from "vitest";
import { isPlainQuestion } from "./plain-spans.ts";
import { isPlainPrompt } from "./plain-texts.ts";

/** What lists, templates and transcripts are made of, among words. */
const piece = fc.constantFrom(
  ..."\n|\n\n| |Human:|Assistant:|Hum:|man:|#|### Instruction:|### Response:|Below is an instruction".split(
    "|",
  ),
  ..."<|<s>|<bos>|<|im_start|>user|<extra_id_1>Assistant\n|[INST]|[/INST]|[{'role': 'user'}]|{|(|:|Note:|word|é".split(
    "|",
  ),
  "<|im_start|>user\n",
  "<|user|>\n",
  "<start_of_turn>user\n",
  "\n\nHuman: Hi\n\nAssistant: Hello",
  '[{"role": "user", "content": "Hi"}]',
);

test("says of bytes what isPlainPrompt says of their text", () => {
  const texts = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
  const property = fc.property(texts, (text) => {
    const bytes = new TextEncoder().encode(`m${text}:`);
    expect(isPlainQuestion({ bytes, start: 1, end: bytes.length - 1 })).toBe(isPlainPrompt(text));
  });
  fc.assert(property, { numRuns: 3000 });
});
