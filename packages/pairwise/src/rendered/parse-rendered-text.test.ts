import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRenderedText } from "./parse-rendered-text.ts";
import type { RenderedText } from "./rendered-text.ts";

function turns(text: string): [string, string][] | undefined {
  return parseRenderedText(text)?.turns.map(({ role, text: said }) => [role, said]);
}

describe("a transcript", () => {
  test("is cut at markers behind blank lines", () => {
    const text = "\n\nHuman: Hi\n\nAssistant: Hello\nthere\n\nHuman: Bye\n\nAssistant: Ciao";
    expect(turns(text)).toEqual([
      ["user", "Hi"],
      ["assistant", "Hello\nthere"],
      ["user", "Bye"],
      ["assistant", "Ciao"],
    ]);
  });

  test("is not cut where a speaker is named inside a turn", () => {
    const text = "\n\nHuman: Who?\n\nAssistant: Human: you\nAssistant: me";
    expect(turns(text)?.[1]).toEqual(["assistant", "Human: you\nAssistant: me"]);
  });

  test("joins segments of one speaker, with the marker between them as it was", () => {
    const rendered = parseRenderedText("\n\nHuman: a\n\nAssistant: b\n\nAssistant:c\n\nHuman: d");
    expect(rendered?.turns[1]?.text).toBe("b\n\nAssistant:c");
    expect(rendered?.merged).toBe(1);
  });

  test("takes one space behind a marker, and no more", () => {
    expect(turns("\n\nHuman:  two\n\nAssistant:none")).toEqual([
      ["user", " two"],
      ["assistant", "none"],
    ]);
  });

  test("that ends with a header waits for an answer", () => {
    expect(parseRenderedText("\n\nHuman: a\n\nAssistant: ")).toMatchObject({ open: true, merged: 0 });
    expect(parseRenderedText("\n\nHuman: a\n\nAssistant:")?.turns).toHaveLength(1);
  });

  test("knows the short marker of some copies", () => {
    expect(turns("\n\nHum: a\n\nAssistant: b")).toEqual([
      ["user", "a"],
      ["assistant", "b"],
    ]);
  });

  test.each(["Human: what is a human?", "What?\n\nHuman: a\n\nAssistant: b", "The Assistant: a play"])(
    "is not seen in %j",
    (text) => expect(parseRenderedText(text)).toBeUndefined(),
  );
});

describe("a chat template", () => {
  const named: [string, string][] = [
    ["system", "Be brief."],
    ["user", "Hi"],
    ["assistant", "Hello"],
    ["user", "Bye"],
  ];
  test.each([
    [
      "ChatML",
      "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nHello<|im_end|>\n<|im_start|>user\nBye<|im_end|>\n<|im_start|>assistant\n",
    ],
    [
      "Llama 3",
      "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nHello<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nBye<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    ],
    ["Llama 2", "<s>[INST] <<SYS>>\nBe brief.\n<</SYS>>\n\nHi [/INST] Hello </s><s>[INST] Bye [/INST]"],
    [
      "Zephyr",
      "<|system|>\nBe brief.</s>\n<|user|>\nHi</s>\n<|assistant|>\nHello</s>\n<|user|>\nBye</s>\n<|assistant|>\n",
    ],
  ])("of %s is read whole", (_, text) => {
    expect(turns(text)).toEqual(named);
    expect(parseRenderedText(text)).toMatchObject({ kind: "template", open: true });
  });

  test("of Gemma calls the assistant a model", () => {
    const text = "<bos><start_of_turn>user\nHi<end_of_turn>\n<start_of_turn>model\nHello<end_of_turn>\n";
    expect(turns(text)).toEqual([
      ["user", "Hi"],
      ["assistant", "Hello"],
    ]);
  });

  test.each([
    "<|im_start|>user\nHi<|im_end|>\nloose",
    "<|im_start|>user\nHi\n<|im_start|>assistant\n",
    "<|im_start|>narrator\nHi<|im_end|>",
    "[INST] never closed",
    "### Instruction: alone",
    "Below is an instruction that is none of Alpaca's",
  ])("that does not parse whole is left alone: %j", (text) => {
    expect(parseRenderedText(text)).toBeUndefined();
  });

  test("of headings joins an instruction and its input", () => {
    const text =
      "Below is an instruction that describes a task, paired with an input that provides further context. Write a response that appropriately completes the request.\n\n### Instruction:\nSum.\n\n### Input:\n1 2\n\n### Response:\n";
    expect(parseRenderedText(text)).toMatchObject({
      joinedInput: true,
      open: true,
      turns: [{ role: "user", text: "Sum.\n1 2" }],
    });
  });
});

/** What a template makes of messages; contents that hold its marks are another matter. */
function chatMl({ turns: list }: Pick<RenderedText, "turns">): string {
  return list.map(({ role, text }) => `<|im_start|>${role}\n${text}<|im_end|>\n`).join("");
}

test("any content without marks comes back verbatim", () => {
  const turn = fc.record({
    role: fc.constantFrom("user" as const, "assistant" as const),
    text: fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !text.includes("<|im_")),
  });
  fc.assert(
    fc.property(fc.array(turn, { minLength: 1 }), (list) => {
      expect(parseRenderedText(chatMl({ turns: list }))?.turns).toEqual(list);
    }),
  );
});

test("hostile texts of half a megabyte are read in linear time", () => {
  const pieces = [
    "\n\nHuman: ",
    "<|im_start|>user\n",
    "<s>[INST] ",
    "### Input: ",
    "<s>",
    "\n",
    "<<SYS>>",
    " ",
  ];
  for (const piece of pieces) {
    const text = piece.repeat(500_000 / piece.length);
    expect(() => parseRenderedText(text)).not.toThrow();
    expect(() => parseRenderedText(`<s>[INST] ${text}`)).not.toThrow();
    expect(() => parseRenderedText(`\n\nHuman: ${text}`)).not.toThrow();
  }
});
