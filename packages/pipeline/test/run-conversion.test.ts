import { gunzipSync, gzipSync } from "node:zlib";
import { findImbalances } from "@dpo-kit/batch";
import { byteAtATime, chunked, withLoopbackServer } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runConversion } from "../src/node.ts";
import { type Workspace, workspace } from "./workspace.ts";

const good = "prompt,chosen,rejected\nWhat is 2+2?,4,5\n";
const messy = `${good}\nraw, text,with,too many\nempty,,x\nsame,a, a \n"multi\nline",b,c\n`;

const convert = ({ path }: Workspace, inputs: readonly string[], more: object = {}) =>
  runConversion({ inputs: inputs.map(path), output: path("out/"), ...more });

const promptsOf = async (place: Workspace, name = "out/train.jsonl") =>
  (await place.readLines(name)).map(
    ({ input }) => (input as unknown as { messages: { content: string }[] }).messages.at(-1)!.content,
  );

describe("runConversion", () => {
  test("accounts for every row, and writes rejects, manifest and lines", async () => {
    const place = await workspace({ "in.csv": messy });
    const result = await convert(place, ["in.csv"]);
    const { units, records, comparisons, pairs } = result.ledgers;
    expect(findImbalances(result.ledgers)).toEqual([]);
    expect(units).toMatchObject({ read: 6, blank: 1, malformed: 1, intoRecords: 4 });
    expect(records).toEqual({
      total: 4,
      converted: 2,
      skipped: new Map(),
      rejected: new Map([
        ["PAIR_EMPTY_ANSWER", 1],
        ["PAIR_IDENTICAL", 1],
      ]),
    });
    expect(comparisons).toMatchObject({ considered: 4, pairs: 2 });
    expect(pairs.written).toEqual(new Map([["train.jsonl", 2]]));
    expect(result.exitCode).toBe(1);
    expect(await promptsOf(place)).toEqual(["What is 2+2?", "multi\nline"]);
    const rejects = await place.readLines("out/rejects.jsonl");
    expect(
      rejects.map(({ code, location }) => [code, (location as unknown as { line: number }).line]),
    ).toEqual([
      ["CSV_RAGGED_ROW", 4],
      ["PAIR_EMPTY_ANSWER", 5],
      ["PAIR_IDENTICAL", 6],
    ]);
    expect(await place.readJson("out/manifest.json")).toMatchObject({
      complete: true,
      inputs: [{ name: "in.csv", bytes: messy.length }],
      outputs: [
        { name: "train.jsonl", lines: 2 },
        { name: "rejects.jsonl", lines: 3 },
      ],
      ledgers: { units: { read: 6 } },
    });
  });

  test("the same input gives the same files, the manifest too, whatever its folder and pieces", async () => {
    const clean = good + 'a,"b\n",c\né,ü,☃\n'.repeat(2000);
    const [one, other] = [await workspace({ "in.csv": clean }), await workspace({ "deep/er/in.csv": clean })];
    await convert(one, ["in.csv"]);
    await convert(other, ["deep/er/in.csv"]);
    for (const name of ["train.jsonl", "manifest.json"]) {
      expect(await other.read(`out/${name}`)).toBe(await one.read(`out/${name}`));
    }
    for (const stdin of [byteAtATime(Buffer.from(clean)), chunked(Buffer.from(clean), [7, 3])]) {
      const place = await workspace();
      await runConversion({ inputs: ["-"], output: place.path("out/") }, { stdin });
      expect(await place.read("out/train.jsonl")).toBe(await one.read("out/train.jsonl"));
    }
  });

  test("inputs are read in the order given, those of a pattern by name", async () => {
    const place = await workspace({
      "b.csv": good.replace("What", "b"),
      "a/2.csv": good.replace("What", "2"),
      "a/10.csv": good.replace("What", "10"),
    });
    await convert(place, ["b.csv", "a/*.csv"]);
    expect((await promptsOf(place)).map((prompt) => prompt.split(" ")[0])).toEqual(["b", "10", "2"]);
  });

  test("several inputs share one rejects file, each entry naming its source", async () => {
    const place = await workspace({ "a.csv": messy, "b.csv": messy });
    const { outputs } = await convert(place, ["a.csv", "b.csv"]);
    const rejects = await place.readLines("out/rejects.jsonl");
    expect(rejects.map(({ location }) => (location as unknown as { source: string }).source)).toEqual([
      ...Array(3).fill(place.path("a.csv")),
      ...Array(3).fill(place.path("b.csv")),
    ]);
    expect(outputs.find(({ kind }) => kind === "rejects")?.lines).toBe(6);
  });

  test("compressed outputs and inputs", async () => {
    const place = await workspace({ "in.csv": gzipSync(good) });
    await runConversion({ inputs: [place.path("in.csv")], output: place.path("t.jsonl.gz") });
    const { readFile } = await import("node:fs/promises");
    const packed = await readFile(place.path("t.jsonl.gz"));
    expect(gunzipSync(packed).toString()).toMatch(/^\{"input".*\}\n$/u);
    expect([...packed.subarray(4, 10)]).toEqual([0, 0, 0, 0, 0, 255]);
    expect(await place.list()).toEqual(["in.csv", "t.jsonl.gz", "t.manifest.json"]);
  });

  test("--on-invalid skip counts and writes no rejects; stop writes nothing", async () => {
    const place = await workspace({ "in.csv": messy });
    expect(await convert(place, ["in.csv"], { onInvalid: "skip" })).toMatchObject({ exitCode: 0 });
    expect(await place.list("out")).toEqual(["manifest.json", "train.jsonl"]);
    await expect(
      runConversion({ inputs: [place.path("in.csv")], output: place.path("stopped/"), onInvalid: "stop" }),
    ).rejects.toMatchObject({
      code: "RUN_STOPPED",
      message: expect.stringContaining("CSV_RAGGED_ROW"),
      location: { line: 4 },
    });
    expect(await place.list()).toEqual(["in.csv", "out"]);
  });

  test("allowed rejects", async () => {
    const place = await workspace({ "in.csv": messy });
    expect(await convert(place, ["in.csv"], { allowRejects: { kind: "count", value: 3 } })).toMatchObject({
      exitCode: 0,
    });
    expect(
      await convert(place, ["in.csv"], { allowRejects: { kind: "percent", value: 50 }, force: true }),
    ).toMatchObject({ exitCode: 1 });
  });

  test("no pairs from rows: rejects and manifest, no training file; no rows: an empty training file", async () => {
    const place = await workspace({
      "bad.csv": "prompt,chosen,rejected\na,,b\n",
      "head.csv": "prompt,chosen,rejected\n",
    });
    expect(await convert(place, ["bad.csv"])).toMatchObject({ exitCode: 1, ok: false });
    expect(await place.list("out")).toEqual(["manifest.json", "rejects.jsonl"]);
    const result = await runConversion({
      inputs: [place.path("head.csv")],
      output: place.path("head.jsonl"),
    });
    expect(result.exitCode).toBe(0);
    expect(await place.read("head.jsonl")).toBe("");
  });

  test("with force outdated side files do not stay beside the new ones", async () => {
    const place = await workspace({ "bad.csv": messy, "good.csv": good });
    await convert(place, ["bad.csv"]);
    await expect(convert(place, ["good.csv"])).rejects.toMatchObject({ code: "IO_OUTPUT_EXISTS" });
    await convert(place, ["good.csv"], { force: true });
    expect(await place.list("out")).toEqual(["manifest.json", "train.jsonl"]);
  });

  test("provenance has a row for each line", async () => {
    const place = await workspace({ "in.csv": messy });
    await convert(place, ["in.csv"], { provenance: true });
    const rows = await place.readLines("out/provenance.jsonl");
    expect(rows).toMatchObject([
      { source: place.path("in.csv"), record: 0, line: 2, pair: 0, rule: "given" },
      { record: 4, line: 7 },
    ]);
    expect(rows[0]!.key).toMatch(/^[0-9a-f]{32}$/u);
  });

  test("limit leaves the rest unread, and claims no digest of it", async () => {
    const place = await workspace({ "in.csv": `${good}a,b,c\n${"x,y,z\n".repeat(600_000)}` });
    await convert(place, ["in.csv"], { limit: 2 });
    expect(await promptsOf(place)).toHaveLength(2);
    const manifest = await place.readJson("out/manifest.json");
    expect((manifest.inputs as object[])[0]).not.toHaveProperty("digest");
  });

  test("targets reject what they do not take; the summary counts for all four", async () => {
    const csv =
      'messages,chosen,rejected\n"[{""role"":""user"",""content"":""a""},{""role"":""user"",""content"":""b""}]",c,d\n';
    const place = await workspace({ "in.csv": `${csv}${csv.split("\n")[1]}\n` });
    const { accepted } = await convert(place, ["in.csv"]);
    expect(accepted.map(({ target, lines }) => [target, lines])).toEqual([
      ["openai", 2],
      ["azure", 2],
      ["together", 0],
      ["fireworks", 0],
    ]);
    const strict = await convert(place, ["in.csv"], { target: ["together"], force: true });
    expect(strict.exitCode).toBe(1);
    expect(await place.readLines("out/rejects.jsonl")).toMatchObject([
      { code: "INPUT_ROLES_NOT_ALTERNATING", target: "together" },
      {},
    ]);
  });

  test("personal fields are hashed and large records left out in the rejects file", async () => {
    const place = await workspace({
      "in.csv": `prompt,chosen,rejected,E-mail\nq,,b,ann@example.org\nq,,${"b".repeat(70_000)},ann@example.org\n`,
    });
    await convert(place, ["in.csv"]);
    const text = await place.read("out/rejects.jsonl");
    expect(text).not.toContain("ann@");
    const [small, large] = await place.readLines("out/rejects.jsonl");
    expect(small!.record).toMatchObject({
      prompt: "q",
      "E-mail": expect.stringMatching(/^sha256:[0-9a-f]{64}$/u),
    });
    expect(large).toMatchObject({
      recordBytes: expect.any(Number),
      recordHash: expect.stringMatching(/^sha256:/u),
    });
    expect(large).not.toHaveProperty("record");
  });

  test("raw text of a row whose fields are not known stays out where a column is personal", async () => {
    const place = await workspace({
      "in.csv": 'prompt,chosen,rejected,email\na,b,c,ann@example.org,d\na,"b"ann@x.org,c,d\n',
    });
    await convert(place, ["in.csv"]);
    expect(await place.read("out/rejects.jsonl")).not.toContain("ann@");
    expect(await place.readLines("out/rejects.jsonl")).toMatchObject([
      { code: "CSV_RAGGED_ROW", recordHash: expect.stringMatching(/^sha256:/u) },
      { code: "CSV_TEXT_AFTER_QUOTE", recordHash: expect.stringMatching(/^sha256:/u) },
    ]);
  });

  test("reads https addresses, and names them without what is secret", async () => {
    await withLoopbackServer(
      (_request, response) => void response.end(good),
      async ({ origin }) => {
        const place = await workspace();
        const { plan } = await runConversion({
          inputs: [`${origin}/data.csv?token=secret`],
          output: place.path("out/"),
        });
        expect(await promptsOf(place)).toHaveLength(1);
        expect(JSON.stringify(plan)).not.toContain("secret");
        expect(await place.read("out/manifest.json")).not.toContain("secret");
      },
    );
  });

  test("an abort leaves nothing", async () => {
    const place = await workspace({ "in.csv": good });
    const signal = AbortSignal.abort();
    await expect(
      runConversion({ inputs: [place.path("in.csv")], output: place.path("new/out/") }, { signal }),
    ).rejects.toThrow();
    expect(await place.list()).toEqual(["in.csv"]);
  });

  test("JSON without preferences is refused with the reason", async () => {
    const place = await workspace({ "in.jsonl": '{"prompt":"a"}\n' });
    await expect(convert(place, ["in.jsonl"])).rejects.toMatchObject({ code: "RUN_NO_PREFERENCES" });
    expect(await place.list()).toEqual(["in.jsonl"]);
  });

  test("rows as JSON Lines and as an array give the same lines, and tables beside them their own", async () => {
    const rows = [
      { prompt: "a", chosen: "b", rejected: "c" },
      { prompt: "d", chosen: "e", rejected: "" },
      { prompt: "f", chosen: "g", rejected: "h" },
    ];
    const place = await workspace({
      "rows.jsonl": `${rows.map((row) => JSON.stringify(row)).join("\n\n")}\nnot json\n`,
      "rows.json": JSON.stringify(rows, null, 2),
      "in.csv": good,
    });
    const { ledgers } = await convert(place, ["rows.jsonl", "rows.json", "in.csv"]);
    expect(await promptsOf(place)).toEqual(["a", "f", "a", "f", "What is 2+2?"]);
    expect(ledgers.units).toMatchObject({ read: 10, blank: 2, malformed: 1, intoRecords: 7 });
    const rejects = await place.readLines("out/rejects.jsonl");
    expect(
      rejects.map(({ code, location }) => [code, (location as unknown as { line: number }).line]),
    ).toEqual([
      ["PAIR_EMPTY_ANSWER", 3],
      ["LINE_INVALID_JSON", 6],
      ["PAIR_EMPTY_ANSWER", 7],
    ]);
  });

  test("a rejects file is input: mended records become pairs", async () => {
    const place = await workspace({ "in.csv": "prompt,chosen,rejected\na,b,c\nd,,f\ng,h,h\n" });
    await convert(place, ["in.csv"]);
    const rejects = await place.read("out/rejects.jsonl");
    await place.write("mended.jsonl", rejects.replace('"chosen":""', '"chosen":"e"'));
    const { ledgers } = await convert(place, ["mended.jsonl"], { output: place.path("again/") });
    expect(await promptsOf(place, "again/train.jsonl")).toEqual(["d"]);
    expect(ledgers.records.rejected).toEqual(new Map([["PAIR_IDENTICAL", 1]]));
  });

  test("tools of rows keep their number tokens", async () => {
    const tools =
      '[{"type":"function","function":{"name":"f","parameters":{"maximum":12345678901234567890,"step":1.0}}}]';
    const place = await workspace({
      "rows.jsonl": `{"prompt":"a","chosen":"b","rejected":"c","tools":${tools}}\n`,
    });
    await convert(place, ["rows.jsonl"]);
    expect(await place.read("out/train.jsonl")).toContain(tools);
  });

  test("answers judged alone go to the file for them", async () => {
    const rows = [
      { prompt: "a", completion: "b", label: true },
      { prompt: "a", completion: "c", label: false },
      { prompt: "d", completion: "e", label: false },
    ];
    const place = await workspace({ "kto.jsonl": rows.map((row) => `${JSON.stringify(row)}\n`).join("") });
    const { ledgers } = await convert(place, ["kto.jsonl"], { unpaired: place.path("unpaired.jsonl") });
    expect(ledgers.records.skipped).toEqual(new Map([["unpaired", 1]]));
    expect(await promptsOf(place)).toEqual(["a"]);
    expect(await place.readLines("unpaired.jsonl")).toEqual([
      {
        prompt: [{ role: "user", content: "d" }],
        completion: [{ role: "assistant", content: "e" }],
        label: false,
      },
    ]);
  });

  test("ledgers balance and lines are as many as pairs, whatever the bytes", async () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom("", '"', "\n", '"a,b"', "é", "\u2028", " "));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 12 }),
        async (rows) => {
          const place = await workspace({ "in.csv": good + rows.map((row) => row.join(",")).join("\n") });
          const { ledgers } = await convert(place, ["in.csv"]);
          expect(findImbalances(ledgers)).toEqual([]);
          expect(await place.readLines("out/train.jsonl")).toHaveLength(ledgers.pairs.total);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("outputs and inputs", () => {
  test.each([
    ["rejects", "in.csv"],
    ["rejects", "./x/../in.csv"],
    ["manifest", "in.csv"],
    ["issues", "in.csv"],
    ["sarif", "in.csv"],
    ["output", "link.jsonl"],
  ])("an input is never written to: --%s %s", async (option, name) => {
    const { symlink } = await import("node:fs/promises");
    const place = await workspace({ "in.csv": good, "x/y": "" });
    await symlink(place.path("in.csv"), place.path("link.jsonl"));
    const named = `${place.folder}/${name}`;
    await expect(convert(place, ["in.csv"], { [option]: named, force: true })).rejects.toMatchObject({
      code: "RUN_OPTION_INVALID",
    });
    expect(await place.read("in.csv")).toBe(good);
    expect(await place.list()).toEqual(["in.csv", "link.jsonl", "x"]);
  });

  test("two spellings of one output are one output", async () => {
    const place = await workspace({ "in.csv": messy, "x/y": "" });
    await expect(
      convert(place, ["in.csv"], { rejects: `${place.folder}/x/../out/train.jsonl` }),
    ).rejects.toMatchObject({
      code: "RUN_OPTION_INVALID",
    });
    await expect(convert(place, ["in.csv"], { issues: place.path("out/train.jsonl") })).rejects.toMatchObject(
      {
        code: "RUN_OPTION_INVALID",
      },
    );
    expect(await place.list()).toEqual(["in.csv", "x"]);
  });

  test("with force what the earlier run wrote goes, and nothing else", async () => {
    const place = await workspace({ "bad.csv": messy, "good.csv": good, "out/notes.txt": "mine" });
    await convert(place, ["bad.csv"], { provenance: true });
    await place.write("out/rejects.jsonl", "edited by hand");
    await convert(place, ["good.csv"], { force: true });
    expect(await place.list("out")).toEqual(["manifest.json", "notes.txt", "train.jsonl"]);
    await place.write("out/rejects.jsonl", "mine");
    await convert(place, ["good.csv"], { force: true });
    expect(await place.read("out/rejects.jsonl")).toBe("mine");
  });

  test("what cannot be opened leaves nothing behind", async () => {
    const place = await workspace({ "in.csv": good, file: "" });
    await expect(
      convert(place, ["in.csv"], { issues: place.path("file/issues.jsonl") }),
    ).rejects.toMatchObject({
      code: "IO_WRITE_FAILED",
    });
    expect(await place.list()).toEqual(["file", "in.csv"]);
  });
});
