import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { withHubServer } from "../src/index.ts";

const packages = fileURLToPath(new URL("../..", import.meta.url));

/** The packages that run everywhere, but for their `./node`; the rest is for Node. */
const portable = [
  "schema",
  "io",
  "batch",
  "preference",
  "csv",
  "pairwise",
  "chat",
  "dedupe",
  "split",
  "hub",
  "tokens",
  "stats",
  "export",
  "tune",
  "pipeline",
];

interface Entry {
  name: string;
  source: string;
}

/** All modules that the portable packages offer, but `./node`. */
function listEntries(): Entry[] {
  return portable.flatMap((directory) => {
    const folder = join(packages, directory);
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return Object.entries<string | Record<string, string>>(manifest.exports)
      .filter(([entry, target]) => typeof target === "object" && entry !== "./node")
      .map(([entry, target]) => ({
        name: manifest.name + entry.slice(1),
        source: join(folder, (target as Record<string, string>)["@dpo-kit/source"]!),
      }));
  });
}

/**
 * `@huggingface/hub` names its build for browsers in `browser`, beside `exports`. Vite follows that; esbuild does not,
 * and has to be told. See docs/decisions/2026-11-23-hub-in-browsers.md.
 */
function hubForBrowsers(): Record<string, string> {
  const folder = join(packages, "hub/node_modules/@huggingface/hub");
  const { browser, exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return { "@huggingface/hub": join(folder, browser[exports["."].import]) };
}

/** Everything an entry needs in one script, as a bundler for browsers makes it. Fails on a Node builtin. */
async function bundleForBrowser(source: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    globalName: "entry",
    target: "es2022",
    conditions: ["@dpo-kit/source"],
    alias: hubForBrowsers(),
    logLevel: "silent",
  });
  return outputFiles[0]!.text;
}

/**
 * What a page has beside the language itself. The typed arrays are here because the classes of the web make
 * them, and a second set of them would be told apart by `instanceof`.
 */
function webGlobals(): object {
  const classes =
    "AbortController AbortSignal Blob DOMException Event EventTarget TextDecoder TextEncoder URL URLSearchParams";
  const requests = "Headers Request Response fetch";
  const streams = "ReadableStream TransformStream WritableStream CompressionStream DecompressionStream";
  const arrays = "ArrayBuffer DataView Uint8Array Uint16Array Uint32Array Float64Array BigUint64Array";
  const others = "WebAssembly atob btoa clearTimeout crypto queueMicrotask setTimeout structuredClone";
  const names = [classes, requests, streams, arrays, others]
    .join(" ")
    .split(" ") as (keyof typeof globalThis)[];
  return Object.fromEntries(names.map((name) => [name, globalThis[name]]));
}

/** Runs an entry and then an expression over its exports (`entry`) where there is nothing but the web. */
async function runOnPage(source: string, expression: string): Promise<unknown> {
  const page = createContext(webGlobals());
  runInContext(await bundleForBrowser(source), page);
  const json = await runInContext(`(async () => JSON.stringify(await (${expression})))()`, page);
  return JSON.parse(json as string);
}

describe("portable entries", () => {
  const entries = listEntries();

  test("are found", () => {
    expect(entries.map((entry) => entry.name)).toEqual(
      expect.arrayContaining(portable.map((directory) => `@dpo-kit/${directory}`)),
    );
  });

  test.each(entries)("$name holds no Node builtin and starts on a page", async ({ source }) => {
    expect(await runOnPage(source, "Object.keys(entry).length")).toBeTypeOf("number");
  });

  test("a Node builtin would be caught: this package holds some", async () => {
    const testkit = join(packages, "testkit", "src", "index.ts");
    await expect(bundleForBrowser(testkit)).rejects.toThrow(/Could not resolve "node:fs/u);
  });
});

describe("on a page, @dpo-kit/csv", () => {
  const csv = join(packages, "csv", "src", "index.ts");
  const text = JSON.stringify('prompt,chosen,rejected\n"Why, é?",So.,No.\nHow?,,No.\n');
  const kinds = (source: string) => `(async () => {
    const outcomes = [];
    for await (const outcome of entry.convertCsv(${source})) outcomes.push(outcome);
    return outcomes.map((one) => [one.kind, one.pairs?.[0].example.input.messages[0].content]);
  })()`;
  const expected = [
    ["pairs", "Why, é?"],
    ["rejected", null],
  ];

  test.each([
    ["a text", text],
    ["bytes", `new TextEncoder().encode(${text})`],
    ["a Blob", `new Blob([${text}])`],
    ["a stream", `new Blob([${text}]).stream()`],
    ["a gzip stream", `new Blob([${text}]).stream().pipeThrough(new CompressionStream("gzip"))`],
    [
      "a stream that cannot be iterated, as in Safari",
      `Object.defineProperty(new Blob([${text}]).stream(), Symbol.asyncIterator, { value: undefined })`,
    ],
  ])("converts %s", async (_, source) => {
    expect(await runOnPage(csv, kinds(source))).toEqual(expected);
  });

  test("encodes canonical lines", async () => {
    const lines = await runOnPage(
      csv,
      `(async () => {
        let lines = "";
        for await (const batch of entry.encodeCsv(${text})) lines += new TextDecoder().decode(batch.bytes);
        return lines;
      })()`,
    );
    expect(lines).toBe(
      '{"input":{"messages":[{"role":"user","content":"Why, é?"}],"tools":[],"parallel_tool_calls":true},' +
        '"preferred_output":[{"role":"assistant","content":"So."}],' +
        '"non_preferred_output":[{"role":"assistant","content":"No."}]}\n',
    );
  });
});

test("on a page, @dpo-kit/hub reads a dataset", async () => {
  const hub = join(packages, "hub", "src", "index.ts");
  const datasets = { "o/n": { files: { "train.jsonl": "{}\n" } } };
  await withHubServer({ datasets }, async ({ endpoint, head }) => {
    const read = `(async () => {
      const options = { endpoint: ${JSON.stringify(endpoint)} };
      const [source] = await entry.createHubProvider(options).resolve("hf://datasets/o/n");
      return [source.name, new TextDecoder().decode(await source.slice(0, 3))];
    })()`;
    expect(await runOnPage(hub, read)).toEqual([`hf://datasets/o/n@${head("o/n")}/train.jsonl`, "{}\n"]);
  });
});
