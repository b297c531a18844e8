import { type encodingForModel, getEncodingNameForModel } from "js-tiktoken";
import { describe, expect, it } from "vitest";
import { isEncodingName } from "./encoding-name.ts";
import { encodingOfModel, modelEncodings } from "./model-encodings.ts";

describe("encodingOfModel", () => {
  it.each([
    ["gpt-4.1-mini-2025-04-14", "o200k_base"],
    ["gpt-4.1-mini-2025-04-14.ft-0a1b", "o200k_base"],
    ["ft:gpt-4o-mini-2024-07-18:acme::abc", "o200k_base"],
    ["gpt-4-0613", "cl100k_base"],
    ["gpt-4", "cl100k_base"],
    ["gpt-35-turbo", "cl100k_base"],
    ["gpt-3.5-turbo-0125", "cl100k_base"],
    ["gpt-oss-20b", "o200k_harmony"],
    ["text-davinci-edit-001", "p50k_edit"],
    ["gpt-45", undefined],
    ["llama", undefined],
    ["", undefined],
    ["__proto__", undefined],
  ])("of %s is %s", (model, encoding) => {
    expect(encodingOfModel(model)).toBe(encoding);
  });

  it.each([
    "gpt-4o-2024-08-06",
    "gpt-4.1-2025-04-14",
    "gpt-4-32k",
    "gpt-3.5-turbo-16k-0613",
    "text-davinci-003",
  ])("of %s is what another tokenizer takes", (model) => {
    expect(encodingOfModel(model)).toBe(
      getEncodingNameForModel(model as Parameters<typeof encodingForModel>[0]),
    );
  });

  it("is a known one, and reached, for every row", () => {
    for (const { prefix, encoding } of modelEncodings) {
      expect(isEncodingName(encoding)).toBe(true);
      expect(encodingOfModel(prefix)).toBe(encoding);
    }
  });
});
