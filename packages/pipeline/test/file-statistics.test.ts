import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { collectFileStatistics, dedupeFiles, runConversion } from "../src/node.ts";
import { pairLine } from "./pair-line.ts";
import { workspace } from "./workspace.ts";

const short = pairLine("Why?", "Because.", "No.");
const secret = `sk-${"a1".repeat(12)}`;
const leaky = pairLine("Key?", `Use ${secret}`, "Ask.");

test("a file: counts, tokens and cost by hand, places by line", async () => {
  const place = await workspace({ "train.jsonl": `${short}\n${leaky}\n` });
  const file = place.path("train.jsonl");
  const found = await collectFileStatistics({ inputs: [file], model: "gpt-4.1-mini", epochs: 2 });
  expect(found).toMatchObject({ command: "stats", ok: true, exitCode: 0, encoding: "o200k_base", epochs: 2 });
  expect(found.files).toEqual([{ source: file, pairs: 2, rejected: 0 }]);
  // "Why?" and "Key?" are 2 tokens each: 3 around a message, 1 for its role, 3 for the reply's beginning.
  expect(found.statistics.lengths.tokens!.prompt).toMatchObject({ sum: 2 * (2 + 3 + 1 + 3), max: 9 });
  const { tokens } = found.statistics.lengths;
  const answers = tokens!.preferred.sum + tokens!.nonPreferred.sum;
  const mini = found.cost!.find(({ model }) => model === "gpt-4.1-mini")!;
  expect(mini.tokens).toEqual({ low: 2 * (18 + answers), high: 2 * (36 + answers) });
  expect(mini.usd.low).toBeCloseTo((mini.tokens.low * 5) / 1e6, 12);
  expect(found.findings).toMatchObject([{ code: "AUDIT_SECRET", places: [{ line: 2, part: "preferred" }] }]);
  expect(JSON.stringify(found)).not.toContain(secret.slice(0, 8));
});

test("without tokens there are none, and no cost; prices can be replaced", async () => {
  const mine = { provider: "me", model: "m", usdPerMillionTokens: 1e6, source: "a bill", asOf: "2026-11" };
  const place = await workspace({
    "a.jsonl": `${short}\n`,
    "prices.json": JSON.stringify([mine]),
    "bad.json": "[",
    "wrong.json": '[{"provider":"me"}]',
  });
  const inputs = [place.path("a.jsonl")];
  const without = await collectFileStatistics({ inputs, tokens: false });
  expect(without.statistics.lengths.tokens).toBeUndefined();
  expect(without).not.toHaveProperty("cost");
  const priced = await collectFileStatistics({ inputs, prices: place.path("prices.json") });
  // A dollar for each token.
  expect(priced.cost).toMatchObject([{ ...mine, usd: { low: priced.cost![0]!.tokens.low } }]);
  for (const name of ["bad.json", "wrong.json"]) {
    const asked = collectFileStatistics({ inputs, prices: place.path(name) });
    await expect(asked).rejects.toMatchObject({ code: "RUN_OPTION_INVALID" });
  }
  const missing = collectFileStatistics({ inputs, prices: place.path("none.json") });
  await expect(missing).rejects.toMatchObject({ code: "IO_NOT_FOUND" });
});

test("the folder of a run: its splits, and the sources that provenance tells of", async () => {
  const rows = Array.from({ length: 60 }, (_, row) => `Question ${row}?,a long answer ${row},short`);
  const other = Array.from({ length: 60 }, (_, row) => `Other ${row}?,short,a long answer ${row}`);
  const place = await workspace({
    "a.csv": `prompt,chosen,rejected\n${rows.join("\n")}\n`,
    "b.csv": `prompt,chosen,rejected\n${other.join("\n")}\n`,
  });
  await runConversion({
    inputs: [place.path("a.csv"), place.path("b.csv")],
    output: `${place.path("out")}/`,
    testSize: 0.2,
    provenance: true,
  });
  const found = await collectFileStatistics({ inputs: [place.path("out")], tokens: false });
  expect(found.files.map(({ split }) => split)).toEqual(["train", "test"]);
  expect(found.statistics.pairs).toBe(120);
  const sources = found.statistics.groups.filter(({ column }) => column === "source");
  expect(sources.map(({ pairs, longer }) => [pairs, longer.preferred])).toEqual([
    [60, 60],
    [60, 0],
  ]);
  // All in all neither side is longer; each source has a side of its own.
  const { longer } = found.statistics.lengths.characters.bias;
  expect(longer).toMatchObject({ preferred: 60, nonPreferred: 60 });
  const told = found.findings.filter(({ code }) => code === "AUDIT_LENGTH_BIAS");
  expect(told.map(({ message }) => message)).toEqual([
    expect.stringContaining("is the longer one in 60 of 60 pairs"),
    expect.stringContaining("is the shorter one in 60 of 60 pairs"),
  ]);
});

test("models are told apart by the provenance beside a file", async () => {
  const place = await workspace({ "in.csv": "prompt,chosen,rejected\nWhy?,Because.,No.\n" });
  const output = place.path("train.jsonl");
  await runConversion({ inputs: [place.path("in.csv")], output, provenance: true });
  const name = "train.provenance.jsonl";
  const [row] = await place.readLines(name);
  const fields = { preferredModel: "big", nonPreferredModel: "small" };
  await place.write(name, `${JSON.stringify({ ...row, fields })}\n`);
  const { statistics } = await collectFileStatistics({ inputs: [output], tokens: false });
  expect(statistics.models.map(({ model, bias }) => [model, bias.preferred, bias.nonPreferred])).toEqual([
    ["big", 1, 0],
    ["small", 0, 1],
  ]);
});

test("--issues has every place, where the findings have the first five", async () => {
  const broken = Array.from({ length: 8 }, (_, row) => pairLine(`CafÃ© ${row}?`, `Yes ${row}`, "No"));
  const place = await workspace({ "a.jsonl": `${broken.join("\n")}\n` });
  const issues = place.path("found.jsonl");
  const found = await collectFileStatistics({ inputs: [place.path("a.jsonl")], tokens: false, issues });
  expect(found.findings[0]).toMatchObject({ code: "AUDIT_MOJIBAKE", pairs: 8 });
  expect(found.findings[0]!.places).toHaveLength(5);
  const lines = await place.readLines("found.jsonl");
  const mojibake = lines.filter(({ code }) => code === "AUDIT_MOJIBAKE");
  expect(mojibake.map(({ location }) => (location as { line: number }).line)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8,
  ]);
  expect(found.outputs).toMatchObject([{ kind: "issues", lines: lines.length }]);
});

test("broken lines are counted and told; a file of nothing else has no pairs", async () => {
  const place = await workspace({
    "a.jsonl": `${short}\n{}\nno json\n`,
    "none.jsonl": "{}\n",
    "empty.jsonl": "",
  });
  const found = await collectFileStatistics({ inputs: [place.path("a.jsonl")], tokens: false });
  expect(found).toMatchObject({ ok: false, exitCode: 1, files: [{ pairs: 1, rejected: 2 }] });
  expect(found.issues.byCode.length).toBeGreaterThan(0);
  expect(found.next[0]).toContain("dpo validate");
  const none = await collectFileStatistics({ inputs: [place.path("none.jsonl")], tokens: false });
  expect(none).toMatchObject({ ok: false, exitCode: 1, statistics: { pairs: 0 } });
  expect(none.next).toEqual([`dpo convert ${place.path("none.jsonl")} -o train.jsonl`]);
  const empty = collectFileStatistics({ inputs: [place.path("empty.jsonl")], tokens: false });
  await expect(empty).rejects.toMatchObject({ code: "IO_EMPTY" });
});

test("compressed files and several at once are read as one dataset", async () => {
  const place = await workspace({ "a.jsonl": `${short}\n`, "b.jsonl.gz": gzipSync(`${short}\n${leaky}\n`) });
  const inputs = [place.path("a.jsonl"), place.path("b.jsonl.gz")];
  const found = await collectFileStatistics({ inputs, tokens: false });
  expect(found.files.map(({ pairs }) => pairs)).toEqual([1, 2]);
  expect(found.statistics.repeats).toMatchObject({ prompts: 2, duplicateLines: 1, exact: true });
  const duplicate = found.findings.find(({ code }) => code === "LINE_DUPLICATE");
  expect(duplicate!.command).toMatch(/^dpo dedupe .*a\.jsonl .*b\.jsonl\.gz -o clean\.jsonl$/u);
});

test.each([
  [{ model: "llama-3.1-8b" }, "TOKENS_ENCODING_UNKNOWN"],
  [{ tokenEncoding: "utf-8" }, "TOKENS_ENCODING_UNKNOWN"],
  [{ model: "gpt-4o", tokenEncoding: "cl100k_base" }, "RUN_OPTION_INVALID"],
])("%j is refused", async (asked, code) => {
  const place = await workspace({ "a.jsonl": `${short}\n` });
  const found = collectFileStatistics({ inputs: [place.path("a.jsonl")], ...asked });
  await expect(found).rejects.toMatchObject({ code });
});

test("a text that cannot be counted is named by its line", async () => {
  const run = pairLine("Why?", "漢".repeat(12_000_000), "No.");
  const place = await workspace({ "a.jsonl": `${short}\n${run}\n${short}\n` });
  const file = place.path("a.jsonl");
  const refusal = { code: "TOKENS_RUN_TOO_LONG", location: { source: file, line: 2 } };
  await expect(collectFileStatistics({ inputs: [file] })).rejects.toMatchObject(refusal);
  const limited = dedupeFiles({ inputs: [file], output: place.path("b.jsonl"), maxTokens: 100 });
  await expect(limited).rejects.toMatchObject(refusal);
});

test("a split of a run may have no pairs", async () => {
  const place = await workspace({ "in.csv": "prompt,chosen,rejected\nWhy?,Because.,No.\n" });
  await runConversion({
    inputs: [place.path("in.csv")],
    output: `${place.path("out")}/`,
    testSize: 0.2,
  });
  const found = await collectFileStatistics({ inputs: [place.path("out")], tokens: false });
  expect(found.files.map(({ pairs }) => pairs).sort()).toEqual([0, 1]);
  expect(found).toMatchObject({ ok: true, statistics: { pairs: 1 } });
});

test("a folder that no run finished is refused", async () => {
  const place = await workspace({ "out/train.jsonl": `${short}\n` });
  const found = collectFileStatistics({ inputs: [place.path("out")] });
  await expect(found).rejects.toMatchObject({ code: "RUN_FOLDER_INCOMPLETE" });
});
