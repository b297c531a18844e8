import { describe, expect, it } from "vitest";
import { mojibakeMarks } from "./mojibake-marks.ts";
import { reservedMarks } from "./reserved-marks.ts";
import { maskSecret, secretMarks } from "./secret-marks.ts";
import { templateMarks } from "./template-marks.ts";
import type { MarkFamily } from "./text-mark.ts";

/** What is found, and the check that the hint misses none of it. */
function found({ hint, marks }: MarkFamily, text: string): [string, string][] {
  const all = marks.flatMap((mark) => {
    const shown = mark.find(text);
    return shown === undefined ? [] : [[mark.id, shown] as [string, string]];
  });
  expect(all.length === 0 || hint.test(text)).toBe(true);
  return all;
}

describe("template marks", () => {
  it.each([
    ["a<|im_end|>\n", "chatml", "<|im_end|>"],
    ["<</SYS>>", "llama-2", "<</SYS>>"],
    ["Hi [/INST]", "llama-2", "[/INST]"],
    ["<end_of_turn>", "gemma", "<end_of_turn>"],
    ["<|assistant|>", "zephyr", "<|assistant|>"],
    ["<|channel|>", "harmony", "<|channel|>"],
    ["<｜end▁of▁sentence｜>", "deepseek", "<｜end▁of▁sentence｜>"],
    ["### Instruction:", "alpaca", "### Instruction:"],
    ["a\n\nAssistant: b", "transcript", "Assistant:"],
    ["[INST] Hi [/INST]", "llama-2", "[INST]"],
    ["x<|eot_id|>", "llama-3", "<|eot_id|>"],
    ["<start_of_turn>model", "gemma", "<start_of_turn>"],
    ["### Response:\nYes", "alpaca", "### Response:"],
    ["No.\n\nHuman: and now?", "transcript", "Human:"],
  ])("of %j", (text, id, shown) => {
    expect(found(templateMarks, text)).toEqual([[id, shown]]);
  });

  it("are not in ordinary text", () => {
    expect(
      found(templateMarks, "Human: error. <s>old</s> a[INST0] ## Response: x\n\nQ: Why?\n\nA: So."),
    ).toEqual([]);
  });
});

describe("reserved and misread marks", () => {
  it("find the tokens of OpenAI's encodings", () => {
    expect(found(reservedMarks, "a <|endoftext|> b")).toEqual([["reserved-token", "<|endoftext|>"]]);
    expect(found(reservedMarks, "a <|end|> b")).toEqual([]);
  });

  it.each([
    ["é", "Ã©"],
    ["ü", "Ã¼"],
    ["ß", "ÃŸ"],
    ["’", "â€™"],
    ["–", "â€“"],
    ["…", "â€¦"],
    ["”", "â€\u009d"],
    ["🎉", "ðŸŽ‰"],
    ["°", "Â°"],
    ["»", "Â»"],
  ])("find %s that was read as Windows-1252, or as Latin-1", (character, misread) => {
    const latin1 = Buffer.from(character).toString("latin1");
    for (const text of [`a${misread}b`, `a${latin1}b`]) {
      expect(found(mojibakeMarks, text).map(([id]) => id)).toEqual(["misread"]);
    }
    expect(found(mojibakeMarks, `a${character}b`)).toEqual([]);
  });

  it("find nothing in what languages write", () => {
    expect(found(mojibakeMarks, "NÃO, São Paulo, Âge, pâté, 5 €, „Ja“, ÐÑ, Ã, Â b")).toEqual([]);
    expect(found(mojibakeMarks, "“MAÇÃ”, ‘IRMÃ’, AMANHÃ… AMANHÃ–")).toEqual([]);
    expect(found(mojibakeMarks, "CÃ”TE")).toEqual([["misread", "Ã”"]]);
    expect(found(mojibakeMarks, "a\ufffdb")).toEqual([["replacement", "\ufffd"]]);
  });
});

describe("secret marks", () => {
  const letters = "AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGhIjKl";

  it.each([
    ["openai-key", `sk-proj-${letters}`],
    ["openai-key", `sk-${letters}`],
    ["anthropic-key", `sk-ant-${letters}`],
    ["aws-key", `AKIA${"Q".repeat(16)}`],
    ["github-token", `ghp_${letters.slice(0, 36)}`],
    ["gitlab-token", `glpat-${letters.slice(0, 20)}`],
    ["google-key", `AIza${letters.slice(0, 35)}`],
    ["hugging-face-token", `hf_${letters.slice(0, 34)}`],
    ["slack-token", `xoxb-${letters}`],
    ["stripe-key", `sk_live_${letters}`],
    ["json-web-token", `eyJ${letters}.eyJ${letters}.${letters}`],
    ["private-key", `-----BEGIN RSA ${"PRIVATE KEY"}-----`],
  ])("find a %s, and do not show it", (id, secret) => {
    const shown = found(secretMarks, `key=${secret};`);
    expect(shown.map(([one]) => one)).toEqual([id]);
    expect(shown[0]![1]).toMatch(/^.{4}… \(\d+ characters\)$/u);
    expect(shown[0]![1]).not.toContain(secret.slice(0, 6));
  });

  it("find nothing in ordinary text", () => {
    expect(
      found(
        secretMarks,
        "sk-learn, sk-toggleable__label-arrow, task-oriented, a risk-free-way-to-do-all-of-this-now AKIA eyJhbGciOi",
      ),
    ).toEqual([]);
  });

  it("look through long texts in time that grows with them", () => {
    const long = ["eyJ", "-eyJa.", "sk-", "-----BEGIN A ", "xoxb-"].map((unit) => unit.repeat(100_000));
    expect(long.flatMap((text) => found(secretMarks, text)).length).toBeLessThan(10);
  });

  it("are masked", () => {
    expect(maskSecret("abcdefgh")).toBe("abcd… (8 characters)");
  });
});
