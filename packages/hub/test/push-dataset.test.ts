import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  collectBytes,
  type HubServer,
  type HubServerOptions,
  temporaryFolder,
  withHubServer,
} from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import {
  createHubProvider,
  type PushFile,
  type PushOptions,
  type PushProgress,
  type PushResult,
  pushDataset,
} from "../src/index.ts";
import { openPushFile } from "../src/node.ts";

const large = `${'{"x":"0123456789"}\n'.repeat(50)}`;
const card = { title: "Pairs", summary: "Some pairs.", provenance: "Made by hand.", license: "mit" };
const files: PushFile[] = [
  { path: "train.jsonl", split: "train", content: new Blob([large]), examples: 50 },
  { path: "test.jsonl", split: "test", content: new Blob(['{"x":1}\n']), examples: 1 },
];

type Push = (more?: Partial<PushOptions>, some?: PushFile[]) => Promise<PushResult>;

async function run(
  use: (push: Push, server: HubServer) => Promise<void>,
  options: Partial<HubServerOptions> = {},
): Promise<void> {
  const datasets = { "o/n": { files: { ".gitattributes": "" } } };
  await withHubServer({ datasets, ...options }, async (server) => {
    const { endpoint } = server;
    const push: Push = (more = {}, some = files) =>
      pushDataset(some, { repo: "o/n", card, endpoint, token: "hf_good", sleep: async () => {}, ...more });
    await use(push, server);
  });
}

test("files and card are pushed in one commit, and read back", () =>
  run(async (push, server) => {
    const parent = server.head("o/n");
    const result = await push({ expectedParent: parent });
    expect(result).toEqual({
      commit: server.head("o/n"),
      parent,
      page: `${server.endpoint}/datasets/o/n`,
      card: "created",
    });
    expect([...server.files("o/n").keys()].sort()).toEqual([
      ".gitattributes",
      "README.md",
      "test.jsonl",
      "train.jsonl",
    ]);
    expect(server.log.filter(({ line }) => line.includes("/commit/"))).toHaveLength(1);
    const provider = createHubProvider({ endpoint: server.endpoint, hubSplit: "train" });
    const [source] = await provider.resolve("hf://datasets/o/n");
    expect(source!.path).toBe("train.jsonl");
    expect(Buffer.from(await collectBytes(source!.open())).toString()).toBe(large);
  }));

test("progress is told, and the token goes to the Hub only", () =>
  run(async (push, server) => {
    const told: PushProgress[] = [];
    await push({ onProgress: (progress) => void told.push(progress) });
    const phases = told.flatMap((progress) => (progress.kind === "phase" ? [progress.phase] : []));
    expect([...new Set(phases)]).toEqual(["checking", "uploading", "committing"]);
    expect(told).toContainEqual({ kind: "file", path: "train.jsonl", state: "uploading", progress: 1 });
    expect(server.log.some(({ line }) => line.startsWith("store PUT"))).toBe(true);
    for (const { line, authorization } of server.log) {
      expect([line, authorization !== undefined]).toEqual([line, line.startsWith("hub")]);
    }
  }));

test("a file that goes up is not kept in memory", () =>
  run(async (push, server) => {
    const uploads: RequestInit[] = [];
    const spy: typeof fetch = (input, init) => {
      if (init?.method === "PUT") {
        uploads.push(init);
      }
      return fetch(input, init);
    };
    await push({ fetch: spy });
    // What lets fetch do so: it need not send the body again.
    expect(uploads).toMatchObject([
      { redirect: "error", window: null },
      { redirect: "error", window: null },
    ]);
    server.faults.push({ on: /store PUT/u, status: 307, headers: { location: "https://example.com/" } });
    const [file] = files as [PushFile];
    const other = { ...file, content: new Blob([large, large]) };
    expect((await push({}, [other])).card).toBe("updated");
  }));

test("large files go up in parts", () =>
  run(
    async (push, server) => {
      await push();
      expect(server.files("o/n").get("train.jsonl")!.toString()).toBe(large);
      // 900 bytes in parts of 200.
      expect(server.log.filter(({ line }) => line.includes("/00005?"))).toHaveLength(1);
    },
    { partSize: 200, storedFrom: 500 },
  ));

test("a file on disk is pushed", () =>
  run(async (push, server) => {
    const path = join(await temporaryFolder(), "x.jsonl");
    await writeFile(path, large);
    const file = await openPushFile(path, { path: "data/x.jsonl", split: "train", examples: 50 });
    await push({}, [file]);
    expect(server.files("o/n").get("data/x.jsonl")!.toString()).toBe(large);
    await expect(openPushFile(`${path}.none`, file)).rejects.toMatchObject({ code: "IO_UNREADABLE" });
  }));

test("our own card is updated; a card of others is replaced only when that is said", () =>
  run(async (push, server) => {
    await push();
    expect((await push({ card: { ...card, summary: "Other." } })).card).toBe("updated");
    const head = server.commit("o/n", { "README.md": "# Mine" });
    await expect(push()).rejects.toMatchObject({ code: "HUB_CARD_FOREIGN" });
    expect(server.head("o/n")).toBe(head);
    expect((await push({ replaceCard: true })).card).toBe("replaced");
    expect(server.files("o/n").get("README.md")!.toString()).toContain("Some pairs.");
  }));

test("a dataset that has diverged is not touched", () =>
  run(async (push, server) => {
    const expectedParent = server.head("o/n");
    const head = server.commit("o/n", { "x.txt": "x" });
    await expect(push({ expectedParent })).rejects.toMatchObject({
      code: "HUB_DIVERGED",
      message: `hf://datasets/o/n@main has changed: its head is ${head}, not ${expectedParent}`,
    });
    expect(server.log.some(({ line }) => line.includes("preupload"))).toBe(false);
    expect(server.head("o/n")).toBe(head);
  }));

test("a commit that comes between is not lost", () =>
  run(async (push, server) => {
    let head = "";
    const onProgress: PushOptions["onProgress"] = (progress) => {
      if (progress.kind === "phase" && progress.phase === "committing") {
        head = server.commit("o/n", { "x.txt": "x" });
      }
    };
    await expect(push({ onProgress })).rejects.toMatchObject({ code: "HUB_DIVERGED" });
    expect(server.head("o/n")).toBe(head);
  }));

test("what passes is tried again, but never a commit that may have been made", () =>
  run(async (push, server) => {
    server.faults.push(
      { on: /preupload/u, status: 503 },
      { on: /store PUT/u, status: 500 },
      { on: /\/commit\//u, status: 429, headers: { "retry-after": "1" } },
    );
    await push();
    expect(server.files("o/n").get("train.jsonl")!.toString()).toBe(large);
    server.faults.push({ on: /\/commit\//u, status: 502 });
    await expect(push()).rejects.toMatchObject({
      code: "HUB_PUSH_FAILED",
      message: expect.stringContaining("whether the commit was made is not known"),
    });
  }));

test("what the Hub says of a commit it does not take is shown", () =>
  run(async (push, server) => {
    const headers = { "content-type": "application/json" };
    server.faults.push({
      on: /\/commit\//u,
      status: 400,
      headers,
      body: '{"error":"Invalid metadata hf_good"}',
    });
    await expect(push()).rejects.toMatchObject({
      code: "HUB_PUSH_FAILED",
      message: "hf://datasets/o/n@main: the Hub answered 400: Invalid metadata [token]",
    });
  }));

test("a dataset that is not there is made when asked for", () =>
  run(async (push, server) => {
    await expect(push({ repo: "o/new" })).rejects.toMatchObject({
      code: "IO_NOT_FOUND",
      hint: expect.stringContaining("--create private"),
    });
    await expect(
      push({ repo: "o/new", create: "public", expectedParent: server.head("o/n") }),
    ).rejects.toMatchObject({ code: "IO_NOT_FOUND" });
    await push({ repo: "hf://datasets/o/new", create: "private" });
    expect(server.files("o/new").has("train.jsonl")).toBe(true);
    expect(server.isPrivate("o/new")).toBe(true);
    await expect(push({ repo: "o/other@branch", create: "public" })).rejects.toMatchObject({
      code: "IO_NOT_FOUND",
    });
    expect(server.log.filter(({ line }) => line.includes("repos/create"))).toHaveLength(1);
  }));

test("a branch and the title of the commit can be named", () =>
  run(
    async (push, server) => {
      const main = server.head("o/n");
      await push({ repo: "hf://datasets/o/n@v2", message: "Second round" });
      expect(server.titles("o/n")).toEqual(["Second round"]);
      expect(server.files("o/n", "v2").has("train.jsonl")).toBe(true);
      expect(server.head("o/n")).toBe(main);
    },
    { datasets: { "o/n": { files: { ".gitattributes": "" }, branches: ["v2"] } } },
  ));

test("pushing needs a token that may write", () =>
  run(
    async (push, server) => {
      await expect(push({ token: "" })).rejects.toMatchObject({
        code: "IO_NOT_AUTHORISED",
        hint: expect.stringContaining("HF_TOKEN is not set"),
      });
      expect(server.log).toEqual([]);
      await expect(push({ token: "hf_reader" })).rejects.toMatchObject({
        code: "IO_NOT_AUTHORISED",
        hint: expect.stringContaining("allowed to write"),
      });
    },
    { tokens: { hf_reader: false } },
  ));

test("names are checked before anything is asked", () =>
  run(async (push, server) => {
    const [file] = files as [PushFile];
    const codeOf = (some: PushFile[], more?: Partial<PushOptions>) =>
      push(more, some).catch((error: { code: string }) => error.code);
    expect(await codeOf([])).toBe("HUB_NO_DATA_FILES");
    expect(await codeOf([{ ...file, split: "a b" }])).toBe("HUB_SPLIT_NAME_INVALID");
    for (const path of ["README.md", "../x", "/x", "a//b", "x*.jsonl", "a\\b", ".git/x", ""]) {
      expect([path, await codeOf([{ ...file, path }])]).toEqual([path, "HUB_FILE_NAME_INVALID"]);
    }
    expect(await codeOf([file, file])).toBe("HUB_FILE_NAME_INVALID");
    expect(await codeOf(files, { repo: "hf://datasets/o/n/data" })).toBe("HUB_ADDRESS_INVALID");
    expect(await codeOf(files, { repo: "hf://datasets/o/n@a", revision: "b" })).toBe("HUB_ADDRESS_INVALID");
    expect(server.log).toEqual([]);
  }));

test("an aborted push leaves nothing behind", () =>
  run(async (push, server) => {
    const head = server.head("o/n");
    const stop = new AbortController();
    const onProgress: PushOptions["onProgress"] = (progress) => {
      if (progress.kind === "phase" && progress.phase === "uploading") {
        stop.abort(new Error("enough"));
      }
    };
    await expect(push({ signal: stop.signal, onProgress })).rejects.toThrow("enough");
    expect(server.head("o/n")).toBe(head);
  }));
