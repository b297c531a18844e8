import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { dedupeFiles, type RewritingRequest, runConversion, splitFiles } from "../src/node.ts";
import { workspace } from "./workspace.ts";

/** A table in which prompts, rows, and opposite rows repeat. */
function table(rows = 300): string {
  const answers = ["alpha", "Beta", "gamma", "delta", "beta "];
  const lines = Array.from({ length: rows }, (_, index) => {
    const better = answers[(index * 7) % 5]!;
    const worse = answers[(index * 7 + 1 + ((index * 3) % 4)) % 5]!;
    return `Question ${(index * 13) % 41}?,${better},${worse}`;
  });
  return `prompt,chosen,rejected\n${lines.join("\n")}\n`;
}

const splits: NonNullable<RewritingRequest["split"]> = [
  { name: "train", amount: { kind: "share", value: 0.7 } },
  { name: "validation", amount: { kind: "share", value: 0.2 } },
  { name: "test", amount: { kind: "share", value: 0.1 } },
];

const counts: NonNullable<RewritingRequest["split"]> = [
  { name: "train", amount: { kind: "count", value: Number.POSITIVE_INFINITY } },
  { name: "test", amount: { kind: "count", value: 30 } },
];

const deduping: readonly Partial<RewritingRequest>[] = [
  { dedupe: "exact" },
  { dedupe: "normalised" },
  { conflicts: "drop" },
  { conflicts: "keep-first", dedupe: "exact" },
  { conflicts: "majority", dedupe: "normalised" },
  { near: 0.8, allowRemoval: 1 },
  { near: 0.6, nearOn: "prompt", allowRemoval: 1, conflicts: "majority" },
  { maxPairsPerPrompt: 2 },
  { sample: { kind: "percent", value: 50 } },
  { sample: { kind: "count", value: 50 }, shuffle: true },
];

const splitting: readonly Partial<RewritingRequest>[] = [
  { split: splits },
  { split: splits, splitBy: "conversation", seed: 7 },
  { split: splits, stratify: "length" },
  { split: splits, splitBy: "near" },
  { split: counts, shuffle: true },
  { testSize: 0.3, maxPairsPerPrompt: 3, sample: { kind: "percent", value: 80 } },
];

const lineFiles = ["train.jsonl", "validation.jsonl", "test.jsonl"];

test.each([...deduping, ...splitting])(
  "convert with %j is convert, and then that on its lines",
  async (asked) => {
    const place = await workspace({ "in.csv": table() });
    await runConversion({ inputs: [place.path("in.csv")], output: place.path("all.jsonl") });
    const rewrite = asked.split === undefined && asked.testSize === undefined ? dedupeFiles : splitFiles;
    const request = { dedupe: "off" as const, ...asked };
    const atOnce = await runConversion({
      ...request,
      inputs: [place.path("in.csv")],
      output: place.path("one/"),
    });
    const after = await rewrite({
      ...request,
      inputs: [place.path("all.jsonl")],
      output: place.path("two/"),
    });
    expect(after.ledgers.pairs).toEqual(atOnce.ledgers.pairs);
    const names = (await place.list("one")).filter((name) => lineFiles.includes(name));
    for (const name of names) {
      expect(await place.read(`two/${name}`)).toBe(await place.read(`one/${name}`));
    }
    expect(atOnce.plan.passes).toBe(atOnce.plan.reducers.some(({ secondPass }) => secondPass) ? 2 : 1);
  },
);

test.each([...deduping, ...splitting])("%j gives the same with hardly any memory", async (asked) => {
  const place = await workspace({ "in.csv": table() });
  for (const [output, memory] of [
    ["much/", 1e9],
    ["little/", 1000],
  ] as const) {
    await runConversion({ ...asked, memory, inputs: [place.path("in.csv")], output: place.path(output) });
  }
  const files = await place.list("much");
  expect(await place.list("little")).toEqual(files);
  for (const name of files) {
    expect(await place.read(`little/${name}`)).toBe(await place.read(`much/${name}`));
  }
  expect(await place.list()).toEqual(["in.csv", "little", "much"]);
});

test("lines are carried byte for byte, out of compressed files into one", async () => {
  const place = await workspace({ "in.csv": table(40) });
  await runConversion({ inputs: [place.path("in.csv")], output: place.path("all.jsonl") });
  const lines = (await place.read("all.jsonl")).split("\n").slice(0, -1);
  const spelled = lines.map((line, index) => (index % 2 === 0 ? line.replaceAll(":", ": ") : line));
  await place.write("a.jsonl.gz", gzipSync(`${spelled.slice(0, 20).join("\r\n")}\r\n`));
  await place.write("b.jsonl", `\n${spelled.slice(20).join("\n")}`);
  const { ledgers } = await dedupeFiles({
    inputs: [place.path("a.jsonl.gz"), place.path("b.jsonl")],
    output: place.path("c.jsonl.gz"),
    dedupe: "off",
  });
  const { readFile } = await import("node:fs/promises");
  const written = gunzipSync(await readFile(place.path("c.jsonl.gz"))).toString();
  expect(written).toBe(`${spelled.join("\n")}\n`);
  expect(ledgers.units).toMatchObject({ read: 41, blank: 1, intoRecords: 40 });
});

test("removed.jsonl tells what goes, why, and what stands in its place", async () => {
  const place = await workspace({
    "a.csv": "prompt,chosen,rejected\nHi,Hello,No\nBye,See you,Go\n",
    "b.csv": "prompt,chosen,rejected\nhi,hello ,NO\n",
  });
  const inputs = [place.path("a.csv"), place.path("b.csv")];
  await runConversion({ inputs, output: place.path("out.jsonl"), dedupe: "normalised" });
  const [removed] = await place.readLines("out.removed.jsonl");
  expect(removed).toMatchObject({
    reason: "duplicate",
    by: "normalised-dedupe",
    at: { source: place.path("b.csv"), record: 0, line: 2, pair: 0 },
    kept: { at: { source: place.path("a.csv"), record: 0, line: 2, pair: 0 } },
    line: { input: { messages: [{ role: "user", content: "hi" }] } },
  });
});

test("of near duplicates removed.jsonl has the line that is kept, and how alike they are", async () => {
  const question = "please tell in a few words how a bicycle keeps its balance when nobody pushes it";
  const others = Array.from({ length: 8 }, (_, index) => `Question ${index}?,yes,no\n`).join("");
  const place = await workspace({
    "in.csv": `prompt,chosen,rejected\n${question},yes,no\n${question} at all,yes,no\n${others}`,
  });
  await runConversion({ inputs: [place.path("in.csv")], output: place.path("out.jsonl"), near: 0.8 });
  const [kept] = await place.readLines("out.jsonl");
  const [removed] = await place.readLines("out.removed.jsonl");
  // Of 12 and 14 word 5-grams 12 are the same.
  expect(removed).toMatchObject({
    by: "near-dedupe",
    at: { line: 3 },
    kept: { at: { line: 2 }, score: 12 / 14, line: kept },
  });
});

test("what a provenance file knows of lines groups them, in whatever order they stand", async () => {
  const place = await workspace({ "in.csv": table(60) });
  await runConversion({ inputs: [place.path("in.csv")], output: place.path("all.jsonl"), dedupe: "exact" });
  await runConversion({
    inputs: [place.path("all.jsonl")],
    output: place.path("x.jsonl"),
    provenance: true,
  });
  const rows = await place.readLines("x.provenance.jsonl");
  const teamOf = new Map(rows.map((row, index) => [row.key, `team ${index % 7}`]));
  const sidecar = rows.map((row) => JSON.stringify({ ...row, fields: { team: teamOf.get(row.key)! } }));
  const lines = (await place.read("x.jsonl")).split("\n").slice(0, -1);
  await place.write("y.jsonl", `${[...lines].reverse().join("\n")}\n`);
  await place.write("y.provenance.jsonl", `${sidecar.join("\n")}\n`);
  await splitFiles({
    inputs: [place.path("y.jsonl")],
    output: place.path("out/"),
    splitBy: "team",
    provenance: true,
  });
  const written = await place.readLines("out/provenance.jsonl");
  expect(written).toHaveLength(lines.length);
  const places = new Map<unknown, Set<unknown>>();
  expect(written[0]).toMatchObject({ source: place.path("all.jsonl"), rule: "given" });
  for (const { key, split, fields } of written as {
    key: string;
    split: string;
    fields: { team: string };
  }[]) {
    expect(fields.team).toBe(teamOf.get(key));
    places.set(fields.team, (places.get(fields.team) ?? new Set()).add(split));
  }
  expect([...places.values()].every(({ size }) => size === 1)).toBe(true);
  expect(places.size).toBe(7);
});

test("a field that nothing is known of stops the run", async () => {
  const place = await workspace({ "in.csv": table(20) });
  await runConversion({ inputs: [place.path("in.csv")], output: place.path("all.jsonl") });
  const split = splitFiles({
    inputs: [place.path("all.jsonl")],
    output: place.path("out/"),
    splitBy: "team",
  });
  await expect(split).rejects.toMatchObject({ code: "SPLIT_FIELD_UNKNOWN" });
  expect(await place.list()).toEqual(["all.jsonl", "all.manifest.json", "in.csv"]);
});

test("a split by what is no prompt warns of prompts in two files", async () => {
  const place = await workspace({ "a.csv": table(30), "b.csv": table(30) });
  const inputs = [place.path("a.csv"), place.path("b.csv")];
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const { proof, issues } = await runConversion({
      inputs,
      output: place.path(`out${seed}/`),
      split: splits,
      splitBy: "source",
      seed,
    });
    const isApart = [...proof!.prompts.values()].filter((prompts) => prompts > 0).length > 1;
    expect(proof!.shared > 0).toBe(isApart);
    expect(issues.byCode.some(({ code, severity }) => code === "SPLIT_LEAK" && severity === "warning")).toBe(
      isApart,
    );
  }
});

test("a split names the proof and the passes in the manifest", async () => {
  const place = await workspace({ "in.csv": table() });
  await runConversion({
    inputs: [place.path("in.csv")],
    output: place.path("out/"),
    split: splits,
    dedupe: "exact",
  });
  const manifest = await place.readJson("out/manifest.json");
  expect(manifest).toMatchObject({
    options: { flags: ["--dedupe exact", "--split train=0.7,validation=0.2,test=0.1"] },
    reducers: [
      { id: "dedupe", secondPass: false },
      { id: "split", secondPass: false },
    ],
    split: { promptsInSeveralFiles: 0 },
  });
});

test("what is held out goes, whatever the format of the held-out file", async () => {
  const place = await workspace({
    "in.csv": "prompt,chosen,rejected\nWhat is it?,a,b\nWho  was IT?,a,b\nWhere?,a,b\n",
    "eval.json": JSON.stringify([
      { prompt: "what is it?", chosen: "x", rejected: "y" },
      { prompt: "Who was it?", chosen: "A", rejected: "b" },
    ]),
  });
  const inputs = [place.path("in.csv")];
  const against = [place.path("eval.json")];
  const one = await runConversion({ inputs, output: place.path("one.jsonl"), against });
  expect(one.ledgers.pairs).toMatchObject({ total: 3, heldOut: 2 });
  const [removed] = await place.readLines("one.removed.jsonl");
  expect(removed).toMatchObject({
    reason: "held-out",
    by: "against",
    kept: { at: { source: place.path("eval.json") } },
  });
  const two = await runConversion({
    inputs,
    output: place.path("two.jsonl"),
    against,
    againstOn: "pair",
    againstMatch: "normalised",
  });
  expect(two.ledgers.pairs).toMatchObject({ total: 3, heldOut: 1 });
  const manifest = await place.readJson("one.manifest.json");
  expect(manifest).toMatchObject({
    reducers: [{ id: "against", title: "held out: prompts of eval.json, normalised" }],
  });
});

test("contradictions are an error if that is asked for, and leave no output", async () => {
  const place = await workspace({ "in.csv": "prompt,chosen,rejected\nHi,a,b\nHi,b,a\n" });
  const run = runConversion({
    inputs: [place.path("in.csv")],
    output: place.path("out.jsonl"),
    conflicts: "error",
  });
  await expect(run).rejects.toMatchObject({ code: "DEDUPE_CONFLICT" });
  expect(await place.list()).toEqual(["in.csv"]);
});

test("a column keeps its rows together, of tables and of JSON rows, and again from the provenance file", async () => {
  const rows = Array.from({ length: 90 }, (_, index) => ({
    prompt: `Question ${index}`,
    chosen: "yes",
    rejected: "no",
    topic: `topic ${index % 9}`,
  }));
  const csv = rows.map(({ prompt, topic }) => `${prompt},yes,no,${topic}\n`).join("");
  const place = await workspace({
    "in.csv": `prompt,chosen,rejected,topic\n${csv}`,
    "in.jsonl": rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
  });
  const request = { split: splits, splitBy: "topic", provenance: true };
  for (const name of ["in.csv", "in.jsonl"]) {
    await runConversion({ ...request, inputs: [place.path(name)], output: place.path(`${name}.d/`) });
  }
  for (const { split } of [{ split: "train" }, { split: "validation" }, { split: "test" }]) {
    expect(await place.read(`in.csv.d/${split}.jsonl`)).toBe(await place.read(`in.jsonl.d/${split}.jsonl`));
  }
  const written = await place.readLines("in.csv.d/provenance.jsonl");
  const bySplit = new Map(written.map(({ split, fields }) => [(fields as { topic: string }).topic, split]));
  for (const { split, fields } of written) {
    expect(split).toBe(bySplit.get((fields as { topic: string }).topic));
  }
  await splitFiles({
    ...request,
    inputs: [place.path("in.csv.d/train.jsonl")],
    output: place.path("again/"),
  });
  expect(await place.read("again/train.jsonl")).toBe(await place.read("in.csv.d/train.jsonl"));
});

const heldOutQuestion = "What is   the CAPITAL of France?";
const heldOutFiles: Readonly<Record<string, string>> = {
  "prompts.jsonl": JSON.stringify({ id: 1, prompt: heldOutQuestion }),
  "questions.jsonl": JSON.stringify({ question: heldOutQuestion, answer: "Paris" }),
  "questions.json": JSON.stringify([{ Question: heldOutQuestion }]),
  "texts.json": JSON.stringify([heldOutQuestion]),
  "questions.csv": `question,answer\n${heldOutQuestion},Paris\n`,
  "chat.jsonl": JSON.stringify({
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", content: heldOutQuestion },
      { role: "assistant", content: "Paris" },
    ],
  }),
  "sharegpt.jsonl": JSON.stringify({ conversations: [{ from: "human", value: heldOutQuestion }] }),
  "canonical.jsonl": JSON.stringify({ input: { messages: [{ role: "user", content: heldOutQuestion }] } }),
  "prompts.txt": `Another question\r\n\r\n${heldOutQuestion}\r\n`,
  "ties.jsonl": [
    { prompt: "Another question", chosen: "a", rejected: "b" },
    { prompt: heldOutQuestion, chosen: "the same", rejected: "the same" },
  ]
    .map((row) => JSON.stringify(row))
    .join("\n"),
};

test.each(Object.keys(heldOutFiles))("prompts are held out though they have no pair: %s", async (name) => {
  const place = await workspace({
    "in.csv": "prompt,chosen,rejected\nwhat is the capital of France?,Paris,Lyon\nWhere?,a,b\n",
    [name]: heldOutFiles[name]!,
  });
  const request = { inputs: [place.path("in.csv")], output: place.path("out.jsonl") };
  for (const againstMatch of ["normalised", "near"] as const) {
    const result = await runConversion({
      ...request,
      against: [place.path(name)],
      againstMatch,
      force: true,
    });
    expect(result.ledgers.pairs).toMatchObject({ total: 2, heldOut: 1 });
    const [removed] = await place.readLines("out.removed.jsonl");
    expect(removed).toMatchObject({ reason: "held-out", kept: { at: { source: place.path(name) } } });
  }
});

test.each([
  ["names.csv", "id,text\n1,hello\n", {}],
  ["other.jsonl", '{"text":"hello"}\n', {}],
  ["prompts.jsonl", heldOutFiles["prompts.jsonl"]!, { againstOn: "pair" as const }],
])("a held-out file with nothing to hold out is refused: %s", async (name, content, options) => {
  const place = await workspace({ "in.csv": "prompt,chosen,rejected\nHi,a,b\n", [name]: content });
  const run = runConversion({
    ...options,
    inputs: [place.path("in.csv")],
    output: place.path("out.jsonl"),
    against: [place.path(name)],
  });
  await expect(run).rejects.toMatchObject({ location: { source: place.path(name) } });
  expect((await place.list()).toSorted()).toEqual(["in.csv", name].toSorted());
});
