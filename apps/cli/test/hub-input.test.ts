import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type HubServer,
  type HubServerOptions,
  type ProcessResult,
  temporaryFolder,
  withHubServer,
} from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { type HubRunOptions, runWithHub } from "./hub-environment.ts";

const rows = Array.from({ length: 40 }, (_, at) => ({
  prompt: `Is it ${at}?`,
  chosen: "Yes, é.",
  rejected: "No.",
}));
const jsonl = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const card =
  "---\nconfigs:\n- config_name: a\n  data_files: a/*.jsonl\n- config_name: b\n  data_files: b.jsonl\n---\n";

interface Run {
  server: HubServer;
  folder: string;
  dpo: (words: string, options?: Partial<HubRunOptions>) => Promise<ProcessResult>;
}

async function run(use: (run: Run) => Promise<void>, options: Partial<HubServerOptions> = {}): Promise<void> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "rows.jsonl"), jsonl);
  const datasets = {
    "o/n": { files: { "README.md": "# Hi", "data/train.jsonl": jsonl } },
    "o/many": { files: { "train.jsonl": jsonl, "test.jsonl": jsonl } },
    "o/configs": { files: { "README.md": card, "a/1.jsonl": jsonl, "b.jsonl": jsonl } },
    "o/gated": { files: { "train.jsonl": jsonl }, gated: true },
  };
  await withHubServer(
    { datasets, tokens: { hf_good: true, hf_reader: false }, ...options },
    async (server) => {
      const dpo: Run["dpo"] = (words, more) =>
        runWithHub(server, words.split(" "), { cwd: folder, token: undefined, ...more });
      await use({ server, folder, dpo });
    },
  );
}

describe("dpo convert hf://", () => {
  test("gives what the file itself gives, and the manifest names the commit", () =>
    run(async ({ server, folder, dpo }) => {
      expect((await dpo("convert hf://datasets/o/n@main -o out/")).exitCode).toBe(0);
      expect((await dpo("convert rows.jsonl -o local.jsonl")).exitCode).toBe(0);
      const read = (name: string): Promise<string> => readFile(join(folder, name), "utf8");
      expect(await read("out/train.jsonl")).toBe(await read("local.jsonl"));
      const { inputs } = JSON.parse(await read("out/manifest.json"));
      expect(inputs).toMatchObject([
        {
          name: `hf://datasets/o/n@${server.head("o/n")}/data/train.jsonl`,
          bytes: Buffer.byteLength(jsonl),
          digest: expect.stringMatching(/^sha256:/u),
        },
      ]);
    }));

  test("several splits or configurations are not mixed: the choices are shown", () =>
    run(async ({ folder, dpo }) => {
      const splits = await dpo("convert hf://datasets/o/many -o x.jsonl");
      expect(splits.exitCode).toBe(2);
      expect(splits.stderr).toContain("HUB_CHOICE_NEEDED");
      expect(splits.stderr).toContain("--hub-split");
      const configs = await dpo("convert hf://datasets/o/configs -o x.jsonl");
      expect(configs.exitCode).toBe(2);
      expect(configs.stderr).toContain("--config");
      expect(await readdir(folder)).toEqual(["rows.jsonl"]);
      const all = await dpo("convert hf://datasets/o/many --hub-split train+test -o all.jsonl");
      expect(all).toMatchObject({ exitCode: 0 });
      const one = await dpo("convert hf://datasets/o/configs --config b -o one.jsonl");
      expect(one).toMatchObject({ exitCode: 0 });
      const glob = await dpo("convert hf://datasets/o/configs/*.jsonl -o glob.jsonl");
      expect(glob).toMatchObject({ exitCode: 0 });
    }));

  test("dpo inspect shows what it would do", () =>
    run(async ({ server, dpo }) => {
      const { exitCode, stdout } = await dpo("inspect hf://datasets/o/n --json");
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        command: "inspect",
        plan: { sources: [{ source: `hf://datasets/o/n@${server.head("o/n")}/data/train.jsonl` }] },
      });
    }));
});

describe("what goes wrong on the way", () => {
  test.each<[string, string, string | undefined, readonly string[]]>([
    [
      "a gated dataset without a token",
      "o/gated",
      undefined,
      ["IO_NOT_AUTHORISED", "/datasets/o/gated", "HF_TOKEN is not set"],
    ],
    [
      "a gated dataset without access: 403",
      "o/gated",
      "hf_reader",
      ["IO_NOT_AUTHORISED", "/datasets/o/gated", "403"],
    ],
    ["a token that is none: 401", "o/n", "hf_stranger", ["IO_NOT_AUTHORISED", "401", "not accepted"]],
    ["a missing dataset: 404", "o/none", "hf_good", ["IO_NOT_FOUND", "/datasets/o/none", "Check the name"]],
    ["a missing revision", "o/n@v9", undefined, ["IO_NOT_FOUND", "no such revision"]],
    ["a missing file", "o/n/x.jsonl", undefined, ["IO_NOT_FOUND", "/datasets/o/n/tree/main"]],
  ])("%s", (_, dataset, token, said) =>
    run(async ({ folder, dpo }) => {
      for (const words of [`convert hf://datasets/${dataset} -o out/`, `inspect hf://datasets/${dataset}`]) {
        const { exitCode, stderr } = await dpo(words, { token });
        expect(exitCode).toBe(2);
        for (const text of said) {
          expect(stderr.replace(/\s+/gu, " ")).toContain(text);
        }
      }
      expect(await readdir(folder)).toEqual(["rows.jsonl"]);
    }),
  );

  test("429 is waited for as long as it says", () =>
    run(async ({ server, dpo }) => {
      const headers = { "retry-after": "1" };
      server.faults.push({ on: /revision/u, status: 429, headers }, { on: /tree/u, status: 503, headers });
      expect((await dpo("convert hf://datasets/o/n -o out/")).exitCode).toBe(0);
      expect(server.log.filter(({ line }) => line.includes("/revision/"))).toHaveLength(2);
    }));

  test("a connection that is cut goes on at the same byte, under the same ETag; no byte comes twice", () =>
    run(async ({ server, folder, dpo }) => {
      const on = /^store GET/u;
      server.faults.push({ on, cutAfter: 1000 }, { on, cutAfter: 500 });
      expect((await dpo("convert hf://datasets/o/n -o out/")).exitCode).toBe(0);
      // The beginning is looked at before the conversion, and not fetched again for it.
      const asked = server.log.filter(({ line }) => on.test(line));
      expect(asked.map(({ range }) => range)).toEqual([undefined, "bytes=1000-", "bytes=1500-"]);
      expect(asked.map(({ sent }) => sent)).toEqual([1000, 500, Buffer.byteLength(jsonl) - 1500]);
      expect(new Set(asked.slice(1).map(({ ifRange }) => ifRange)).size).toBe(1);
      expect(asked[1]!.ifRange).toMatch(/^"[0-9a-f]{64}"$/u);
      expect((await readFile(join(folder, "out/train.jsonl"), "utf8")).split("\n")).toHaveLength(41);
    }));

  test("a content that changes meanwhile is an error, and leaves no output", () =>
    run(async ({ server, folder, dpo }) => {
      server.faults.push({ on: /^store GET/u, cutAfter: 1000 }, { on: /^store GET/u, etag: '"other"' });
      const { exitCode, stderr } = await dpo("convert hf://datasets/o/n -o out/");
      expect(exitCode).toBe(2);
      expect(stderr).toContain("another content");
      expect(await readdir(folder)).toEqual(["rows.jsonl"]);
    }));

  test("a Hub that is not there is said to be so", () =>
    run(async ({ folder }) => {
      const endpoint = await withHubServer({ datasets: {} }, async (server) => server.endpoint);
      const words = ["convert", "hf://datasets/o/n", "-o", "out/"];
      const { exitCode, stderr } = await runWithHub({ endpoint }, words, { cwd: folder });
      expect(exitCode).toBe(2);
      expect(stderr).toContain("cannot be reached (ECONNREFUSED)");
      expect(stderr).toContain("online");
    }));
});
