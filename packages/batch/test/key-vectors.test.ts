import { readFileSync } from "node:fs";
import type { DpoExample } from "@dpo-kit/schema";
import { arbitraryDpoExample } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createKeyHasher,
  createPairBatchEncoder,
  formatExample,
  keyText,
  type Outcome,
  type PairBatch,
} from "../src/index.ts";
import { promptMaterial, referenceKeys, referenceSplitValue } from "./reference-keys.ts";

interface KeyVector {
  name: string;
  example: DpoExample;
  /** The bytes the prompt key is computed of, in hexadecimal. */
  promptMaterial: string;
  lineKey: string;
  promptKey: string;
  preferredKey: string;
  nonPreferredKey: string;
  /** The split value with seed 42. */
  splitValue: number;
}

const vectors = JSON.parse(
  readFileSync(new URL("../fixtures/key-vectors.json", import.meta.url), "utf8"),
) as KeyVector[];
const hasher = await createKeyHasher();

async function encode(example: DpoExample): Promise<PairBatch> {
  // The vectors hold examples that providers refuse, such as an empty text.
  const checks = { validate: () => [], acceptedBy: () => 0 };
  const encoder = await createPairBatchEncoder({ checks });
  const pair = { example, rule: "given", transforms: [] };
  const outcome: Outcome = { kind: "pairs", at: { source: "vector" }, pairs: [pair], dropped: [] };
  encoder.add(outcome);
  return encoder.flush();
}

function keysOf(batch: PairBatch): Record<string, string> {
  const { lineKey, promptKey, preferredKey, nonPreferredKey } = batch;
  const keys = Object.entries({ lineKey, promptKey, preferredKey, nonPreferredKey });
  return Object.fromEntries(keys.map(([name, words]) => [name, keyText(words, 0)]));
}

describe("the key vectors", () => {
  it.each(vectors)("$name", async (vector) => {
    const { name: _, example, promptMaterial: material, splitValue, ...keys } = vector;
    expect(Buffer.from(promptMaterial(example)).toString("hex")).toBe(material);
    expect(referenceKeys(example, formatExample(example))).toEqual(keys);
    expect(referenceSplitValue(example, 42n)).toBe(splitValue);
    const batch = await encode(example);
    expect(keysOf(batch)).toEqual(keys);
    expect(hasher.splitValue(batch.promptKey, 0, 42)).toBe(splitValue);
  });

  it("show what is the same and what is not", () => {
    const promptKeyOf = (name: string) => vectors.find((vector) => vector.name === name)!.promptKey;
    expect(promptKeyOf("mixed case and white space")).toBe(promptKeyOf("plain ASCII"));
    expect(promptKeyOf("composed (NFC)")).toBe(promptKeyOf("decomposed (NFD)"));
    expect(promptKeyOf("one text part")).toBe(promptKeyOf("plain ASCII"));
    expect(promptKeyOf("two text parts")).not.toBe(promptKeyOf("plain ASCII"));
    expect(promptKeyOf("named user")).not.toBe(promptKeyOf("plain ASCII"));
    expect(promptKeyOf("tool calls, other ids")).toBe(promptKeyOf("tool calls"));
    expect(promptKeyOf("empty text")).toBe(promptKeyOf("blank text"));
  });
});

describe("keys of any example", () => {
  it("are those of the reference", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryDpoExample(), async (example) => {
        expect(keysOf(await encode(example))).toEqual(referenceKeys(example, formatExample(example)));
      }),
    );
  });
});
