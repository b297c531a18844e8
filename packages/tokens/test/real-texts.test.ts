import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { getEncoding } from "js-tiktoken";
import { expect, test } from "vitest";
import { createTokenCounter } from "../src/index.ts";

const folder = process.env.DPO_REAL_DATA;
const LINES_OF_A_FILE = 60;
/** The other tokenizer is quadratic in the length of a word. */
const LONGEST_TEXT = 20_000;

/** The texts inside the first lines of every JSON Lines file: at any depth, keys left out. */
function* realTexts(root: string): Generator<string> {
  for (const file of readdirSync(root, { recursive: true, encoding: "utf8" }).sort()) {
    if (/\.jsonl(\.gz)?$/u.test(file)) {
      const bytes = readFileSync(join(root, file));
      const lines = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").split("\n");
      for (const line of lines.filter((one) => one.startsWith("{")).slice(0, LINES_OF_A_FILE)) {
        yield* textsWithin(JSON.parse(line));
      }
    }
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
      expect(texts).toBeGreaterThan(1000);
    },
  );
}
