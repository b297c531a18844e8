import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { getEncoding } from "js-tiktoken";
import { expect, test } from "vitest";
import { createTokenCounter } from "../src/index.ts";

const folder = process.env.DPO_REAL_DATA;
const LINES_OF_A_FILE = 60;
const TEXTS_OF_A_FILE = 120;
/** The other tokenizer is quadratic in the length of a word. */
const LONGEST_TEXT = 20_000;

/** The first texts of every file of JSON or JSON Lines: at any depth, keys left out. */
function* realTexts(root: string): Generator<string> {
  for (const file of readdirSync(root, { recursive: true, encoding: "utf8" }).sort()) {
    if (/\.jsonl?(\.gz)?$/u.test(file)) {
      const bytes = readFileSync(join(root, file));
      const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
      yield* first(textsOf(text), TEXTS_OF_A_FILE);
    }
  }
}

/** Of a file that is neither one document nor lines of them, nothing. */
function* textsOf(text: string): Generator<string> {
  const whole = parsed(text);
  const lines = text.split("\n").filter((one) => one.startsWith("{"));
  yield* textsWithin(whole ?? lines.slice(0, LINES_OF_A_FILE).map(parsed));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function* first<Item>(items: Iterable<Item>, count: number): Generator<Item> {
  let taken = 0;
  for (const item of items) {
    if (taken >= count) {
      return;
    }
    taken += 1;
    yield item;
  }
}

function* textsWithin(value: unknown): Generator<string> {
  if (typeof value === "string") {
    yield value.slice(0, LONGEST_TEXT);
  } else if (typeof value === "object" && value !== null) {
    for (const item of Object.values(value)) {
      yield* textsWithin(item);
    }
  }
}

if (folder === undefined) {
  test.skip("real texts: skipped because DPO_REAL_DATA does not name the folder of real files", () => {});
} else {
  test.each(["o200k_base", "cl100k_base"] as const)(
    "real texts are counted as elsewhere in %s",
    async (encoding) => {
      const counter = await createTokenCounter({ encoding });
      const other = getEncoding(encoding);
      let texts = 0;
      for (const text of realTexts(folder)) {
        expect(counter.countTokens(text)).toBe(other.encode(text, [], []).length);
        texts += 1;
      }
      expect(texts).toBeGreaterThan(4000);
    },
  );
}
