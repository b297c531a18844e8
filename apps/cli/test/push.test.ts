import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type HubServer,
  type HubServerOptions,
  type ProcessResult,
  temporaryFolder,
  withHubServer,
} from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { main } from "../src/main.ts";
import { fakeHost } from "./fake-host.ts";
import { goodToken, type HubRunOptions, runWithHub } from "./hub-environment.ts";

const line = (prompt: string): string =>
  `${JSON.stringify({
    input: { messages: [{ role: "user", content: prompt }], tools: [], parallel_tool_calls: true },
    preferred_output: [{ role: "assistant", content: "Yes, é." }],
    non_preferred_output: [{ role: "assistant", content: "No." }],
  })}\n`;
const train = Array.from({ length: 12 }, (_, at) => line(`Is it ${at}?`)).join("");
const validation = line("And this?");
const csv = "prompt,chosen,rejected\nHi,Hello!,What\nSame,yes,yes\nBye,See you,Go\n";

interface Run {
  server: HubServer;
  folder: string;
  dpo: (words: string, options?: Partial<HubRunOptions>) => Promise<ProcessResult>;
}

async function run(use: (run: Run) => Promise<void>, options: Partial<HubServerOptions> = {}): Promise<void> {
  const folder = await temporaryFolder();
  await Promise.all([
    writeFile(join(folder, "train.jsonl"), train),
    writeFile(join(folder, "validation.jsonl"), validation),
    writeFile(join(folder, "in.csv"), csv),
  ]);
  const datasets = { "o/n": { files: { ".gitattributes": "" }, branches: ["v2"] } };
  await withHubServer({ datasets, ...options }, async (server) => {
    const dpo: Run["dpo"] = (words, more) => runWithHub(server, words.split(" "), { cwd: folder, ...more });
    await use({ server, folder, dpo });
  });
}

const cardOf = (server: HubServer): string => server.files("o/n").get("README.md")!.toString();
const commits = ({ log }: HubServer): number =>
  log.filter(({ line: each }) => each.includes("/commit/")).length;

describe("dpo push", () => {
  test("pushes files and card in one commit, and says so", () =>
    run(async ({ server, dpo }) => {
      const parent = server.head("o/n");
      const pushed = await dpo("push train.jsonl validation.jsonl hf://datasets/o/n --license mit");
      expect(pushed).toMatchObject({ exitCode: 0, stderr: "" });
      expect(pushed.stdout).toContain("Pushed 13 pairs in 2 files, and a dataset card");
      expect(pushed.stdout).toContain(`${server.endpoint}/datasets/o/n (card created)`);
      expect(pushed.stdout).toContain(`commit ${server.head("o/n")}, after ${parent}`);
      expect(pushed.stdout).toContain("dpo inspect hf://datasets/o/n@main --hub-split train");
      expect(server.files("o/n").get("data/train.jsonl")!.toString()).toBe(train);
      expect(server.files("o/n").get("data/validation.jsonl")!.toString()).toBe(validation);
      expect(cardOf(server)).toContain("license: mit\n");
      expect(cardOf(server)).toMatch(/Checked and pushed with \[dpo-kit \d+\.\d+\.\d+\]/u);
      expect(commits(server)).toBe(1);
    }));

  test("--json prints one object", () =>
    run(async ({ server, dpo }) => {
      const { stdout } = await dpo("push train.jsonl hf://datasets/o/n@v2 --message Second --json");
      expect(JSON.parse(stdout)).toMatchObject({
        schema: "dpo-kit/result@1",
        command: "push",
        ok: true,
        exitCode: 0,
        destination: "hf://datasets/o/n@v2",
        outputs: [{ kind: "train", path: "data/train.jsonl", lines: 12, bytes: Buffer.byteLength(train) }],
        pushed: {
          commit: server.head("o/n", "v2"),
          parent: server.head("o/n"),
          page: `${server.endpoint}/datasets/o/n`,
          card: "created",
        },
        cardText: server.files("o/n", "v2").get("README.md")!.toString(),
      });
      expect(server.titles("o/n")).toEqual(["Second"]);
    }));

  test("pushes what a run wrote, and tells in the card how it went", () =>
    run(async ({ server, dpo }) => {
      expect((await dpo("convert in.csv -o out/ --allow-rejects 1")).exitCode).toBe(0);
      expect((await dpo("push out/ hf://datasets/o/n")).exitCode).toBe(0);
      expect([...server.files("o/n").keys()]).not.toContain("data/rejects.jsonl");
      expect(cardOf(server)).toContain("- records: 3 = 2 converted + 1 rejected (`PAIR_IDENTICAL`)");
      expect(cardOf(server)).toMatch(/- `in\.csv` \(csv, \d+ bytes, `sha256:[0-9a-f]{64}`\)/u);
    }));

  test("the splits of a run become those of the dataset", () =>
    run(async ({ server, folder, dpo }) => {
      const split = await dpo("convert train.jsonl -o parts/ --split train=0.5,validation=0.5");
      expect(split.exitCode).toBe(0);
      const { stdout } = await dpo("push parts/ hf://datasets/o/n --json");
      const { outputs } = JSON.parse(stdout) as { outputs: { kind: string; path: string; lines: number }[] };
      expect(outputs.map(({ kind, path }) => [kind, path])).toEqual([
        ["train", "data/train.jsonl"],
        ["validation", "data/validation.jsonl"],
      ]);
      expect(outputs.reduce((sum, { lines }) => sum + lines, 0)).toBe(12);
      const kept = await readFile(join(folder, "parts", "validation.jsonl"), "utf8");
      expect(server.files("o/n").get("data/validation.jsonl")!.toString()).toBe(kept);
    }));

  test("a folder that is not complete is refused, with what to do", () =>
    run(async ({ server, folder, dpo }) => {
      await mkdir(join(folder, "half"));
      await writeFile(join(folder, "half", "train.jsonl"), train);
      const { exitCode, stderr } = await dpo("push half/ hf://datasets/o/n");
      expect(exitCode).toBe(2);
      expect(stderr).toContain("RUN_FOLDER_INCOMPLETE");
      expect(stderr).toContain("dpo convert");
      expect(server.log).toEqual([]);
    }));

  test("what is pushed as Parquet is converted back to the same lines", () =>
    run(async ({ server, folder, dpo }) => {
      expect((await dpo("push train.jsonl hf://datasets/o/n --parquet")).exitCode).toBe(0);
      expect([...server.files("o/n").keys()]).toContain("data/train-00000-of-00001.parquet");
      expect((await dpo("convert hf://datasets/o/n -o back/")).exitCode).toBe(0);
      expect(await readFile(join(folder, "back/train.jsonl"), "utf8")).toBe(train);
      const manifest = JSON.parse(await readFile(join(folder, "back/manifest.json"), "utf8"));
      const path = "data/train-00000-of-00001.parquet";
      expect(manifest.inputs[0].name).toBe(`hf://datasets/o/n@${server.head("o/n")}/${path}`);
    }));

  test("--dry-run sends nothing, and needs no token", () =>
    run(async ({ server, dpo }) => {
      const { exitCode, stdout } = await dpo(
        "push train.jsonl validation.jsonl hf://datasets/o/n --dry-run",
        {
          token: undefined,
        },
      );
      expect(exitCode).toBe(0);
      expect(stdout).toContain("data/validation.jsonl");
      expect(stdout).toContain("Would push 13 pairs in 2 files");
      expect(server.log).toEqual([]);
    }));

  test("nothing broken is pushed", () =>
    run(async ({ server, folder, dpo }) => {
      await writeFile(join(folder, "test.jsonl"), `${validation}{"input":\n`);
      const { exitCode, stdout } = await dpo("push train.jsonl test.jsonl hf://datasets/o/n");
      expect(exitCode).toBe(1);
      expect(stdout).toContain("LINE_INVALID_JSON");
      expect(stdout).toContain("test.jsonl:2");
      expect(stdout).toContain("Nothing was pushed");
      expect(stdout).toContain("dpo validate train.jsonl test.jsonl");
      expect(server.log).toEqual([]);
    }));

  test.each([
    ["push", "needs files or the folder of a run"],
    ["push train.jsonl", "needs files or the folder of a run"],
    ["push hf://datasets/o/n", "needs files or the folder of a run"],
    ["push train.jsonl hf://datasets/o/n/data", "HUB_ADDRESS_INVALID"],
    ["push missing.jsonl hf://datasets/o/n", "IO_NOT_FOUND"],
    ["push train.jsonl in.csv hf://datasets/o/n", "HUB_SPLIT_UNCLEAR"],
    ["push train.jsonl hf://datasets/o/n --create secret", "private, public"],
  ])("dpo %s is a usage error", (words, said) =>
    run(async ({ server, dpo }) => {
      const { exitCode, stderr } = await dpo(words);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(said);
      expect(server.log).toEqual([]);
    }),
  );
});

describe("what the Hub refuses", () => {
  const words = "push train.jsonl hf://datasets/o/n";

  test.each<[string, string | undefined, string]>([
    ["no token", undefined, "HF_TOKEN is not set"],
    ["a token that is none: 401", "hf_stranger", "the Hub answered 401"],
    ["a token that may not write: 403", "hf_reader", "must be allowed to write"],
  ])("%s", (_, token, said) =>
    run(
      async ({ server, dpo }) => {
        const head = server.head("o/n");
        const { exitCode, stderr } = await dpo(words, { token });
        expect(exitCode).toBe(2);
        expect(stderr).toContain("IO_NOT_AUTHORISED");
        expect(stderr.replace(/\s+/gu, " ")).toContain(said);
        expect(server.head("o/n")).toBe(head);
      },
      { tokens: { hf_reader: false, [goodToken]: true } },
    ),
  );

  test("a dataset that is not there is made if that is said", () =>
    run(async ({ server, dpo }) => {
      const { exitCode, stderr } = await dpo("push train.jsonl hf://datasets/o/new");
      expect(exitCode).toBe(2);
      expect(stderr).toContain("IO_NOT_FOUND");
      expect(stderr).toContain("--create private");
      expect((await dpo("push train.jsonl hf://datasets/o/new --create private")).exitCode).toBe(0);
      expect(server.isPrivate("o/new")).toBe(true);
    }));

  test("a dataset that has diverged is not touched", () =>
    run(async ({ server, dpo }) => {
      const parent = server.head("o/n");
      const head = server.commit("o/n", { "x.txt": "x" });
      const { exitCode, stderr } = await dpo(`${words} --parent ${parent}`);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("HUB_DIVERGED");
      expect(server.head("o/n")).toBe(head);
      expect((await dpo(`${words} --parent ${head}`)).exitCode).toBe(0);
    }));

  test("a card of somebody else is replaced only if that is said; our own is updated", () =>
    run(async ({ server, dpo }) => {
      server.commit("o/n", { "README.md": "# Mine" });
      const { exitCode, stderr } = await dpo(words);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("HUB_CARD_FOREIGN");
      expect(stderr).toContain("--replace-card");
      expect(cardOf(server)).toBe("# Mine");
      expect((await dpo(`${words} --replace-card`)).stdout).toContain("(card replaced)");
      expect((await dpo(words)).stdout).toContain("(card updated)");
    }));

  test("429 is waited for as long as it says; a commit whose answer was lost is not made again", () =>
    run(async ({ server, dpo }) => {
      server.faults.push({ on: /\/commit\//u, status: 429, headers: { "retry-after": "1" } });
      expect((await dpo(words)).exitCode).toBe(0);
      expect(commits(server)).toBe(2);
      server.faults.push({ on: /\/commit\//u, status: 502 });
      const { exitCode, stderr } = await dpo(words);
      expect(exitCode).toBe(2);
      expect(stderr.replace(/\s+/gu, " ")).toContain("whether the commit was made is not known");
      expect(commits(server)).toBe(3);
    }));

  test("a Hub that is not there is said to be so, as JSON too", () =>
    run(async ({ folder }) => {
      const endpoint = await withHubServer({ datasets: {} }, async (server) => server.endpoint);
      const { exitCode, stdout } = await runWithHub({ endpoint }, [...words.split(" "), "--json"], {
        cwd: folder,
      });
      expect(exitCode).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({
        command: "push",
        exitCode: 2,
        error: {
          code: "IO_DOWNLOAD_FAILED",
          message: expect.stringContaining("cannot be reached (ECONNREFUSED)"),
        },
      });
    }));
});

test.each([
  ["a terminal sees how far the push is", true],
  ["nobody else does", false],
])("%s", (_, stderrIsTTY) =>
  run(async ({ folder }) => {
    const host = fakeHost({ stderrIsTTY });
    const words = ["push", join(folder, "train.jsonl"), "hf://datasets/o/n", "--dry-run"];
    expect(await main(words, host)).toBe(0);
    expect(host.err().includes("100 %")).toBe(stderrIsTTY);
    // The bar is gone before the report comes.
    expect(host.err().endsWith("\u001b[2K")).toBe(stderrIsTTY);
    expect(host.out()).toContain("Would push 12 pairs");
  }),
);

test("the token file is read where HF_TOKEN is not set", () =>
  run(async ({ server, folder, dpo }) => {
    await writeFile(join(folder, "token"), `${goodToken}\n`);
    const found = await dpo("push train.jsonl hf://datasets/o/n", {
      token: undefined,
      env: { HF_HOME: folder },
    });
    expect(found.exitCode).toBe(0);
    expect(server.log.find(({ line: each }) => each.includes("/commit/"))!.authorization).toBe(
      `Bearer ${goodToken}`,
    );
    expect((await readdir(folder)).sort()).toEqual(["in.csv", "token", "train.jsonl", "validation.jsonl"]);
  }));
