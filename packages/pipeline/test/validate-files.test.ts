import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { validateFiles } from "../src/node.ts";
import { workspace } from "./workspace.ts";

const line = (prompt: string, preferred = "good", nonPreferred = "bad") =>
  JSON.stringify({
    input: { messages: [{ role: "user", content: prompt }], tools: [], parallel_tool_calls: true },
    preferred_output: [{ role: "assistant", content: preferred }],
    non_preferred_output: [{ role: "assistant", content: nonPreferred }],
  });

const tenLines = Array.from({ length: 10 }, (_, index) => line(`question ${index}`));

const codesOf = (result: Awaited<ReturnType<typeof validateFiles>>) =>
  result.issues.byCode.map(({ code, count }) => [code, count]);

describe("validateFiles", () => {
  test("a good file has nothing to say of", async () => {
    const { path } = await workspace({ "train.jsonl": `${tenLines.join("\n")}\n` });
    const result = await validateFiles({
      inputs: [path("train.jsonl")],
      target: ["openai", "azure", "together", "fireworks"],
    });
    expect(result).toMatchObject({ ok: true, exitCode: 0, issues: { byCode: [], first: [] } });
    expect(result.files).toMatchObject([{ lines: 10, valid: 10, errors: 0, warnings: 0 }]);
  });

  test("all problems come at once, each at its line and column", async () => {
    const text = [...tenLines, '{"input":', "", "[]", line("late").replace('"user"', '"developer"')].join(
      "\n",
    );
    const { path } = await workspace({ "train.jsonl": text });
    const result = await validateFiles({ inputs: [path("train.jsonl")] });
    expect(result.exitCode).toBe(1);
    const places = result.issues.first.map(({ code, location }) => [code, location.line, location.column]);
    expect(places).toContainEqual(["LINE_INVALID_JSON", 11, 10]);
    expect(places).toContainEqual(["LINE_NOT_OBJECT", 13, 1]);
    expect(places).toContainEqual(["MESSAGE_ROLE_DEVELOPER", 14, 31]);
    expect(codesOf(result)).toContainEqual(["FILE_BLANK_LINES", 1]);
    expect(result.files).toMatchObject([{ lines: 13, valid: 10 }]);
  });

  test("an element of an array that spans lines is placed in the file", async () => {
    const { path } = await workspace({
      "train.jsonl": `[\n  ${tenLines[0]},\n  {\n    "input": 5\n  }\n]\n`,
    });
    const { issues } = await validateFiles({ inputs: [path("train.jsonl")] });
    expect(issues.byCode.map(({ code }) => code)).toContain("FILE_JSON_ARRAY");
    const wrong = issues.first.find(({ location }) => location.path === "input");
    expect(wrong?.location).toMatchObject({ line: 4, column: 14 });
  });

  test("duplicates and reversals name the earlier line", async () => {
    const text = [...tenLines, line("question 3"), line("Question  4", "bad", "good")].join("\n");
    const { path } = await workspace({ "train.jsonl": text });
    const { issues, exitCode } = await validateFiles({ inputs: [path("train.jsonl")] });
    expect(exitCode).toBe(0);
    expect(issues.first.map(({ code, location, message }) => [code, location.line, message])).toEqual([
      ["LINE_DUPLICATE", 11, "The line is the same as line 4"],
      ["LINE_REVERSED", 12, expect.stringContaining("line 5 rejects")],
    ]);
  });

  test("a weight is an integer, which its token tells", async () => {
    const messages =
      '[{"role":"user","content":"a"},{"role":"assistant","content":"b","weight":1.0},{"role":"user","content":"c"}]';
    const weighted = line("x").replace(/"messages":\[.*?\]/u, `"messages":${messages}`);
    const { path } = await workspace({ "train.jsonl": `${[...tenLines, weighted].join("\n")}\n` });
    const { issues } = await validateFiles({ inputs: [path("train.jsonl")] });
    expect(issues.first).toContainEqual(
      expect.objectContaining({
        code: "MESSAGE_WEIGHT_INVALID",
        found: "1.0",
        location: expect.objectContaining({ line: 11, column: 96 }),
      }),
    );
  });

  test("other known shapes are named with the command that converts them", async () => {
    const { path } = await workspace({ "trl.jsonl": '{"prompt":"a","chosen":"b","rejected":"c"}\n' });
    const { issues, next } = await validateFiles({ inputs: [path("trl.jsonl")] });
    expect(issues.first.map(({ code }) => code)).toContain("LINE_SHAPE_TRL");
    expect(next.some((command) => command.startsWith("dpo convert "))).toBe(true);
  });

  test("reads gzip by its magic bytes, and says that the name does not fit", async () => {
    const { path } = await workspace({ "train.data": gzipSync(`${tenLines.join("\n")}\n`) });
    const result = await validateFiles({ inputs: [path("train.data")] });
    expect(result.files).toMatchObject([{ lines: 10, valid: 10 }]);
    expect(codesOf(result)).toEqual([["FILE_NAME_NOT_JSONL", 1]]);
  });

  test("a file that is not UTF-8 is an error, and its lines are checked all the same", async () => {
    const text = `${[...tenLines, "{}"].join("\n")}\n`;
    const { path } = await workspace({ "train.jsonl": Buffer.from(`\uFEFF${text}`, "utf16le") });
    const result = await validateFiles({ inputs: [path("train.jsonl")] });
    const codes = result.issues.byCode.map(({ code }) => code);
    expect(codes).toContain("IO_INVALID_ENCODING");
    expect(codes).toContain("LINE_MISSING_KEY");
    expect(result.files).toMatchObject([{ lines: 11, valid: 10 }]);
  });

  test("writes every issue as JSON Lines and as SARIF", async () => {
    const { path, readLines, readJson } = await workspace({ "train.jsonl": `${"{}\n".repeat(40)}` });
    await validateFiles({
      inputs: [path("train.jsonl")],
      issues: path("issues.jsonl"),
      sarif: path("issues.sarif"),
    });
    const lines = await readLines("issues.jsonl");
    const missing = lines.filter(({ code }) => code === "LINE_MISSING_KEY");
    expect(missing).toHaveLength(120);
    expect(missing[119]).toMatchObject({ severity: "error", location: { line: 40, column: 1 } });
    expect(await readJson("issues.sarif")).toMatchObject({
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "dpo-kit" } },
          results: expect.arrayContaining([expect.objectContaining({ ruleId: "LINE_MISSING_KEY" })]),
        },
      ],
    });
  });
});

describe("validateFiles with fix", () => {
  test("does exactly what it says, and records each change", async () => {
    const broken = `\uFEFF${tenLines[0]}\r\n\n{"input":{"messages":{"role":"developer","content":" hi "}},"preferred_completion":{"role":"assistant","content":"a","weight":1},"non_preferred_output":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":{"n":1.0}}}]}],"id":7,"zzz":1.50}`;
    const { path, read, readLines } = await workspace({ "in.jsonl": broken });
    const result = await validateFiles({
      inputs: [path("in.jsonl")],
      fix: true,
      output: path("fixed.jsonl"),
    });
    expect(await read("fixed.jsonl")).toBe(
      `${tenLines[0]}\n{"input":{"messages":[{"role":"system","content":" hi "}]},"preferred_output":[{"role":"assistant","content":"a"}],"non_preferred_output":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{\\"n\\":1.0}"}}]}],"zzz":1.50}`,
    );
    const changes = await readLines("fixed.changes.jsonl");
    expect(changes.map(({ fix, line: at }) => [fix, at])).toEqual([
      ["byte-order-mark-removed", undefined],
      ["carriage-return-removed", 1],
      ["blank-line-removed", 2],
      ["key-renamed", 3],
      ["wrapped-in-list", 3],
      ["wrapped-in-list", 3],
      ["developer-to-system", 3],
      ["output-weight-removed", 3],
      ["arguments-to-text", 3],
      ["metadata-removed", 3],
    ]);
    expect([...result.fixes.values()].reduce((sum, by) => sum + by, 0)).toBe(changes.length);
    expect(result.exitCode).toBe(1);
  });

  test("a fixed file needs no fixing, byte for byte", async () => {
    const { path, read, readLines } = await workspace({ "in.jsonl": `\uFEFF${tenLines.join("\r\n")}\r\n` });
    await validateFiles({ inputs: [path("in.jsonl")], fix: true, output: path("once.jsonl") });
    const again = await validateFiles({
      inputs: [path("once.jsonl")],
      fix: true,
      output: path("twice.jsonl"),
    });
    expect(await read("twice.jsonl")).toBe(await read("once.jsonl"));
    expect(await readLines("twice.changes.jsonl")).toEqual([]);
    expect(again).toMatchObject({ ok: true, exitCode: 0 });
  });

  test("does not take invalid bytes for another encoding", async () => {
    const bytes = Buffer.concat([Buffer.from(`${line("é")}\n`), Buffer.from([0x22, 0xff, 0x22, 0x0a])]);
    const { path, list } = await workspace({ "in.jsonl": bytes });
    const { issues } = await validateFiles({ inputs: [path("in.jsonl")] });
    expect(issues.first).toContainEqual(
      expect.objectContaining({
        code: "IO_INVALID_ENCODING",
        location: expect.objectContaining({ line: 2, column: 2 }),
      }),
    );
    await expect(
      validateFiles({ inputs: [path("in.jsonl")], fix: true, output: path("out.jsonl") }),
    ).rejects.toMatchObject({
      code: "IO_INVALID_ENCODING",
      location: { line: 2 },
    });
    expect(await list()).toEqual(["in.jsonl"]);
  });

  test("packs the copy as its name says, and writes to no folder", async () => {
    const { path, list } = await workspace({ "in.jsonl": `${tenLines.join("\n")}\n` });
    await validateFiles({ inputs: [path("in.jsonl")], fix: true, output: path("out.jsonl.gz") });
    const { readFile } = await import("node:fs/promises");
    expect((await readFile(path("out.jsonl.gz"))).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
    expect(await list()).toEqual(["in.jsonl", "out.changes.jsonl", "out.jsonl.gz"]);
    await expect(
      validateFiles({ inputs: [path("in.jsonl")], fix: true, output: path("out/") }),
    ).rejects.toMatchObject({
      code: "RUN_OPTION_INVALID",
    });
  });

  test("never writes to its input", async () => {
    const { path, read } = await workspace({ "in.jsonl": "{}\n" });
    for (const more of [{ issues: path("in.jsonl") }, { fix: true, output: path("in.jsonl") }]) {
      await expect(validateFiles({ inputs: [path("in.jsonl")], force: true, ...more })).rejects.toMatchObject(
        {
          code: "RUN_OPTION_INVALID",
        },
      );
    }
    expect(await read("in.jsonl")).toBe("{}\n");
  });

  test("a line with very many problems, or very many messages, takes no time to speak of", async () => {
    const messages = [
      ...Array.from({ length: 100_000 }, () => ({ role: "user", content: "x" })),
      ...Array.from({ length: 1_000 }, () => ({ role: "developer" })),
    ];
    const answer = (content: string) => [{ role: "assistant", content }];
    const long = { input: { messages }, preferred_output: answer("a"), non_preferred_output: answer("b") };
    const { path } = await workspace({ "in.jsonl": `${JSON.stringify(long)}\n` });
    const { issues } = await validateFiles({ inputs: [path("in.jsonl")] });
    const last = issues.first.find(({ code }) => code === "MESSAGE_MISSING_KEY");
    expect(last?.location.column).toBeGreaterThan(100_000 * 20);
    const { fixes } = await validateFiles({
      inputs: [path("in.jsonl")],
      fix: true,
      output: path("out.jsonl"),
    });
    expect(fixes.get("developer-to-system")).toBe(1_000);
  });

  test("keeps what it cannot parse", async () => {
    const { path, read } = await workspace({ "in.jsonl": `{"input":\n${tenLines[0]}\n` });
    const result = await validateFiles({ inputs: [path("in.jsonl")], fix: true, output: path("out.jsonl") });
    expect(await read("out.jsonl")).toBe(`{"input":\n${tenLines[0]}\n`);
    expect(result.issues.first.map(({ code }) => code)).toContain("LINE_INVALID_JSON");
  });

  test("needs an output and one input, and overwrites nothing", async () => {
    const { path, list } = await workspace({ "a.jsonl": "{}\n", "b.jsonl": "{}\n" });
    await expect(validateFiles({ inputs: [path("a.jsonl")], fix: true })).rejects.toMatchObject({
      code: "RUN_OPTION_INVALID",
    });
    await expect(
      validateFiles({ inputs: [path("a.jsonl"), path("b.jsonl")], fix: true, output: path("c.jsonl") }),
    ).rejects.toMatchObject({ code: "RUN_OPTION_INVALID" });
    await expect(
      validateFiles({ inputs: [path("a.jsonl")], fix: true, output: path("b.jsonl") }),
    ).rejects.toMatchObject({
      code: "IO_OUTPUT_EXISTS",
    });
    expect(await list()).toEqual(["a.jsonl", "b.jsonl"]);
  });
});
