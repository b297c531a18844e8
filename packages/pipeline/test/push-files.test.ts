import { appendFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { gzipSync } from "node:zlib";
import { readCardConfigs } from "@dpo-kit/hub";
import { randomAccess, readParquet } from "@dpo-kit/io";
import { arbitraryDpoExample, collect, type HubServer, withHubServer } from "@dpo-kit/testkit";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { PushOutcome, PushRequest, RunEnvironment, RunProgress } from "../src/index.ts";
import { pushFiles } from "../src/node.ts";
import { workspace } from "./workspace.ts";

const line = (prompt: string, more: object = {}): string =>
  `${JSON.stringify({
    input: { messages: [{ role: "user", content: prompt }], tools: [], parallel_tool_calls: true, ...more },
    preferred_output: [{ role: "assistant", content: "Yes." }],
    non_preferred_output: [{ role: "assistant", content: "No." }],
  })}\n`;

const lines = (count: number): string =>
  Array.from({ length: count }, (_, at) => line(`Is it ${at}?`)).join("");

interface Run {
  server: HubServer;
  path: (name: string) => string;
  /** Inputs are in the folder of the files. */
  push: (inputs: string[], more?: Partial<PushRequest>, environment?: RunEnvironment) => Promise<PushOutcome>;
  card: () => string;
}

afterEach(() => vi.unstubAllEnvs());

async function withFiles(
  files: Record<string, string | Uint8Array>,
  use: (run: Run) => Promise<void>,
): Promise<void> {
  const { path } = await workspace(files);
  const datasets = { "o/n": { files: { ".gitattributes": "" } } };
  await withHubServer({ datasets }, async (server) => {
    vi.stubEnv("HF_ENDPOINT", server.endpoint);
    vi.stubEnv("HF_TOKEN", "hf_good");
    const push: Run["push"] = (inputs, more, environment) =>
      pushFiles({ inputs: inputs.map(path), destination: "hf://datasets/o/n", ...more }, environment);
    const card = (): string => server.files("o/n").get("README.md")!.toString();
    await use({ server, path, push, card });
  });
}

const manifest = (outputs: readonly object[], more: object = {}): string =>
  JSON.stringify({
    schema: "dpo-kit/manifest@1",
    complete: true,
    options: { flags: ["--lean"] },
    inputs: [
      { name: "hf://datasets/a/b@0123/x.parquet", format: "pairwise" },
      { name: "`x`.csv", bytes: 7 },
    ],
    outputs,
    ledgers: {
      units: { read: 3, blank: 0, malformed: 0, intoRecords: 3 },
      records: { total: 3, converted: 2, skipped: {}, rejected: { PAIR_IDENTICAL: 1 } },
      comparisons: { considered: 2, pairs: 2, dropped: {} },
      pairs: { total: 2, written: { "train.jsonl": 2 }, duplicate: 0 },
    },
    transforms: { "system-from-column": 2 },
    ...more,
  });

describe("which split a file belongs to", () => {
  const splits = ({ outputs }: PushOutcome): string[] => outputs.map(({ kind, path }) => `${kind} ${path}`);

  test("its name tells, shards and compression too", () =>
    withFiles(
      {
        "train-00000-of-00002.jsonl": lines(2),
        "train-00001-of-00002.jsonl": lines(1),
        "dev.jsonl.gz": gzipSync(lines(1)),
        "test.jsonl": lines(3),
      },
      async ({ push, server }) => {
        const outcome = await push(["train-*.jsonl", "dev.jsonl.gz", "test.jsonl"]);
        expect(splits(outcome)).toEqual([
          "train data/train-00000-of-00002.jsonl",
          "train data/train-00001-of-00002.jsonl",
          "validation data/dev.jsonl.gz",
          "test data/test.jsonl",
        ]);
        expect(outcome.outputs.map((output) => output.lines)).toEqual([2, 1, 1, 3]);
        expect(server.files("o/n").get("data/test.jsonl")!.toString()).toBe(lines(3));
      },
    ));

  test("a file alone is the training data; several have to say", () =>
    withFiles({ "pairs.jsonl": lines(1), "good.jsonl": lines(1) }, async ({ push, server }) => {
      expect(splits(await push(["pairs.jsonl"]))).toEqual(["train data/pairs.jsonl"]);
      const head = server.head("o/n");
      await expect(push(["pairs.jsonl", "good.jsonl"])).rejects.toMatchObject({
        code: "HUB_SPLIT_UNCLEAR",
        hint: expect.stringContaining("--hub-split train"),
      });
      expect(server.head("o/n")).toBe(head);
      const all = await push(["pairs.jsonl", "good.jsonl"], { hubSplit: "train_prefs" });
      expect(splits(all)).toEqual(["train_prefs data/pairs.jsonl", "train_prefs data/good.jsonl"]);
    }));

  test("--hub-split does not mix splits", () =>
    withFiles({ "train.jsonl": lines(1), "test.jsonl": lines(1) }, async ({ push }) => {
      await expect(push(["train.jsonl", "test.jsonl"], { hubSplit: "x" })).rejects.toMatchObject({
        code: "RUN_OPTION_INVALID",
        message: expect.stringContaining("train, test"),
      });
    }));

  test.each(["-", "https://example.com/train.jsonl", "hf://datasets/o/n"])("%s is no file", async (input) => {
    const destination = "hf://datasets/o/n";
    await expect(pushFiles({ inputs: [input], destination })).rejects.toMatchObject({
      code: "RUN_OPTION_INVALID",
      hint: expect.stringContaining("dpo convert"),
    });
  });
});

describe("the folder of a run", () => {
  const train = lines(2);
  const outputs = [
    { kind: "train", name: "train.jsonl", bytes: Buffer.byteLength(train) },
    { kind: "rejects", name: "rejects.jsonl", bytes: 5 },
  ];

  test("gives its splits, and tells how they were made", () =>
    withFiles(
      { "out/train.jsonl": train, "out/rejects.jsonl": "12345", "out/manifest.json": manifest(outputs) },
      async ({ push, card, server }) => {
        await push(["out/"], { tool: "dpo-kit 9.9.9" });
        expect([...server.files("o/n").keys()].sort()).toEqual([
          ".gitattributes",
          "README.md",
          "data/train.jsonl",
        ]);
        expect(card()).toContain("- records: 3 = 2 converted + 1 rejected (`PAIR_IDENTICAL`)\n");
        expect(card()).toContain("- pairs: 2 = 2 written (`train.jsonl`)\n");
        expect(card()).toContain(
          "Made by `dpo convert --lean` of:\n\n- `hf://datasets/a/b@0123/x.parquet` (pairwise)",
        );
        expect(card()).toContain("- `x .csv` (7 bytes)");
        expect(card()).toContain("- `system-from-column`: 2");
        expect(card()).toContain("[dpo-kit 9.9.9](");
      },
    ));

  test.each<[string, Record<string, string>]>([
    ["there is no manifest.json", { "out/train.jsonl": train }],
    ["there is no manifest.json", { "out/train.jsonl": train, "out/manifest.json": "{" }],
    ["there is no manifest.json", { "out/manifest.json": manifest(outputs, { complete: false }) }],
    ["train.jsonl is missing", { "out/manifest.json": manifest(outputs) }],
    ["train.jsonl was changed", { "out/train.jsonl": `${train}x`, "out/manifest.json": manifest(outputs) }],
    ["no file of pairs", { "out/manifest.json": manifest(outputs.slice(1)) }],
  ])("is refused where %s", (why, files) =>
    withFiles(files, async ({ push, server }) => {
      await expect(push(["out"])).rejects.toMatchObject({
        code: "RUN_FOLDER_INCOMPLETE",
        message: expect.stringContaining(why),
        hint: expect.stringContaining("dpo convert"),
      });
      expect(server.log).toEqual([]);
    }),
  );

  test("a manifest beside a file is used if it fits", () =>
    withFiles(
      {
        "pairs.jsonl": train,
        "pairs.manifest.json": manifest([{ ...outputs[0], name: "pairs.jsonl" }]),
        "edited.jsonl": lines(1),
        "edited.manifest.json": manifest([{ ...outputs[0], name: "edited.jsonl" }]),
      },
      async ({ push, card }) => {
        await push(["pairs.jsonl"]);
        expect(card()).toContain("Made by `dpo convert --lean`");
        await push(["edited.jsonl"]);
        expect(card()).not.toContain("dpo convert");
        expect(card()).toContain("No manifest tells how these files were made:\n\n- `edited.jsonl`");
      },
    ));
});

describe("nothing broken is pushed", () => {
  test.each<[string, string | Uint8Array]>([
    ["LINE_INVALID_JSON", `${lines(2)}{\n`],
    ["OUTPUT_NOT_ARRAY", '{"input":{"messages":[{"role":"user","content":"a"}]},"preferred_output":1}\n'],
    ["FILE_JSON_ARRAY", `[${line("a").trim()}]`],
    ["FILE_BYTE_ORDER_MARK", `\uFEFF${lines(1)}`],
    ["IO_INVALID_ENCODING", Buffer.concat([Buffer.from(lines(1)), Buffer.from([0x22, 0xff, 0x22, 0x0a])])],
  ])("%s", (code, content) =>
    withFiles({ "train.jsonl": lines(1), "test.jsonl": content }, async ({ push, server }) => {
      const outcome = await push(["train.jsonl", "test.jsonl"]);
      expect(outcome).toMatchObject({ ok: false, exitCode: 1, outputs: [] });
      expect(outcome.issues.byCode.map((each) => each.code)).toContain(code);
      expect(outcome.next[0]).toMatch(/^dpo validate /u);
      expect(server.log).toEqual([]);
    }),
  );

  test("a file that changes while it is pushed", () =>
    withFiles({ "train.jsonl": lines(50) }, async ({ push, path, server }) => {
      const head = server.head("o/n");
      let isChanged = false;
      const onProgress = (): void => {
        if (!isChanged) {
          appendFileSync(path("train.jsonl"), lines(1));
          isChanged = true;
        }
      };
      await expect(push(["train.jsonl"], {}, { onProgress })).rejects.toMatchObject({
        code: "HUB_PUSH_FAILED",
      });
      expect(server.head("o/n")).toBe(head);
    }));
});

describe("the card", () => {
  test("has configurations, features, sizes and tags, and the license that is named", () =>
    withFiles({ "train.jsonl": lines(3), "test.jsonl.gz": gzipSync(lines(1)) }, async ({ push, card }) => {
      await push(["train.jsonl", "test.jsonl.gz"], { license: "mit" });
      expect(card()).toContain("license: mit\n");
      expect(card()).toContain("size_categories:\n  - n<1K\ntags:\n  - dpo\n  - preference\n");
      expect(await readCardConfigs(card())).toMatchObject([
        {
          name: "default",
          patterns: new Map([
            ["train", ["data/train.jsonl"]],
            ["test", ["data/test.jsonl.gz"]],
          ]),
        },
      ]);
      const size = (count: number): number => Buffer.byteLength(lines(count));
      expect(card()).toContain(`name: train\n      num_bytes: ${size(3)}\n      num_examples: 3\n`);
      expect(card()).toContain(`name: test\n      num_bytes: ${size(1)}\n      num_examples: 1\n`);
      expect(card()).toContain('- name: tools\n          sequence: "null"\n');
    }));

  test("leaves the features of lines with tools to be found, and gives those of Parquet", () =>
    withFiles({ "train.jsonl": line("a", { tools: [tool] }) }, async ({ push, card }) => {
      await push(["train.jsonl"]);
      expect(card()).not.toContain("features:");
      await push(["train.jsonl"], { parquet: true });
      expect(card()).toContain("- name: tools\n          dtype: string\n");
    }));

  test("is the same for the same files", () =>
    withFiles({ "train.jsonl": lines(3) }, async ({ push, card }) => {
      await push(["train.jsonl"]);
      const first = card();
      const { cardText } = await push(["train.jsonl"]);
      expect(card()).toBe(first);
      expect(cardText).toBe(first);
    }));
});

const tool = { type: "function", function: { name: "f", parameters: { type: "object", maximum: 1.5 } } };

describe("Parquet", () => {
  const rowsOf = async (bytes: Uint8Array): Promise<unknown[]> =>
    (await collect(readParquet(randomAccess(bytes)))).map(({ value }) => value);

  test("holds the same examples, one file of each", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryDpoExample(), { minLength: 1, maxLength: 4 }),
        fc.array(arbitraryDpoExample(), { minLength: 1, maxLength: 4 }),
        async (...groups) => {
          const [one, two] = groups.map((examples) =>
            examples.map((each) => `${JSON.stringify(each)}\n`).join(""),
          );
          await withFiles({ "train-0.jsonl": one!, "train-1.jsonl": two! }, async ({ push, server }) => {
            await push(["train-0.jsonl", "train-1.jsonl"], { parquet: true });
            for (const [index, examples] of groups.entries()) {
              const bytes = server.files("o/n").get(`data/train-0000${index}-of-00002.parquet`)!;
              expect((await rowsOf(bytes)).map(withoutNulls)).toEqual(
                JSON.parse(JSON.stringify(examples)).map(withoutNulls),
              );
            }
          });
        },
      ),
      { numRuns: 15 },
    );
  });

  test("keeps the number tokens of tools", () =>
    withFiles(
      { "train.jsonl": line("a", { tools: [tool] }).replace("1.5", "1.50") },
      async ({ push, server }) => {
        await push(["train.jsonl"], { parquet: true });
        const bytes = server.files("o/n").get("data/train-00000-of-00001.parquet")!;
        expect(bytes.includes("1.50")).toBe(true);
      },
    ));

  test("is refused for contents of parts, and leaves nothing behind", () =>
    withFiles(
      {
        "train.jsonl": line("a").replace('"content":"a"', '"content":[{"type":"text","text":"a"}]'),
      },
      async ({ push, server }) => {
        await expect(push(["train.jsonl"], { parquet: true })).rejects.toMatchObject({
          code: "HUB_NOT_TABULAR",
          message: expect.stringContaining("input.messages[].content"),
        });
        expect(server.log).toEqual([]);
        expect((await readdir(tmpdir())).filter((name) => name.startsWith("dpo-kit-push-"))).toEqual([]);
      },
    ));
});

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutNulls(inner)]));
}

test("a dry run says what would be pushed, and asks the Hub nothing", () =>
  withFiles({ "train.jsonl": lines(3) }, async ({ push, server }) => {
    vi.stubEnv("HF_TOKEN", "");
    const outcome = await push(["train.jsonl"], { dryRun: true, parquet: true });
    expect(outcome.outputs).toMatchObject([
      { kind: "train", path: "data/train-00000-of-00001.parquet", lines: 3 },
    ]);
    expect(outcome.cardText).toContain("num_examples: 3");
    expect(outcome.pushed).toBeUndefined();
    expect(server.log).toEqual([]);
  }));

test("progress goes through the check and then the upload", () =>
  withFiles({ "train.jsonl": lines(3) }, async ({ push }) => {
    const told: RunProgress[] = [];
    await push(["train.jsonl"], {}, { onProgress: (progress) => void told.push(progress) });
    const total = Buffer.byteLength(lines(3));
    expect(new Set(told.map(({ bytesTotal }) => bytesTotal))).toEqual(new Set([total]));
    expect(told[0]).toMatchObject({ bytesRead: total, records: 0 });
    expect(told.at(-1)).toMatchObject({ bytesRead: total, records: 3 });
  }));
