import { DataError } from "@dpo-kit/schema";
import {
  collectBytes,
  type Fault,
  type HubServer,
  type ServedDataset,
  withHubServer,
} from "@dpo-kit/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  createHubProvider,
  type HubProviderOptions,
  type HubSource,
  listDatasetFiles,
} from "../src/index.ts";

const rows = Array.from({ length: 500 }, (_, at) => `{"id":${at},"text":"é${"x".repeat(at % 7)}"}\n`).join(
  "",
);
const small = '{"a":1}\n';
const plain: ServedDataset = { files: { "README.md": "# Hi", "train.jsonl": rows, "small.jsonl": small } };

interface Run {
  server: HubServer;
  resolve: (address: string, more?: HubProviderOptions) => Promise<HubSource[]>;
  waits: number[];
}

async function run(
  dataset: ServedDataset,
  use: (run: Run) => Promise<void>,
  options: HubProviderOptions & { pageSize?: number } = {},
): Promise<void> {
  const { pageSize = 1000, ...rest } = options;
  await withHubServer({ datasets: { "o/n": dataset }, pageSize }, async (server) => {
    const waits: number[] = [];
    const sleep = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
    const resolve: Run["resolve"] = (address, more) =>
      createHubProvider({ endpoint: server.endpoint, sleep, ...rest, ...more }).resolve(address);
    await use({ server, resolve, waits });
  });
}

async function textOf(source: HubSource): Promise<string> {
  return new TextDecoder().decode(await collectBytes(source.open()));
}

async function errorOf(promise: Promise<unknown>): Promise<DataError> {
  const error = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  if (!DataError.isInstance(error)) {
    throw new Error(`no DataError: ${String(error)}`, { cause: error });
  }
  return error;
}

function sent(server: HubServer): number {
  return server.log.reduce((sum, entry) => sum + entry.sent, 0);
}

test("a dataset is read at the commit that its revision stands for", () =>
  run(plain, async ({ server, resolve }) => {
    const before = server.head("o/n");
    const [source, ...others] = await resolve("hf://datasets/o/n");
    server.commit("o/n", { "train.jsonl": "changed" });
    expect(others).toEqual([]);
    expect(source).toMatchObject({
      name: `hf://datasets/o/n@${before}/train.jsonl`,
      baseName: "train.jsonl",
      size: Buffer.byteLength(rows),
      commit: before,
      rereadable: true,
    });
    expect(await textOf(source!)).toBe(rows);
    expect(await textOf(source!)).toBe(rows);
    const [old] = await resolve(`hf://datasets/o/n@${before}/train.jsonl`);
    expect(await textOf(old!)).toBe(rows);
  }));

test("listings are read page by page", () =>
  run(
    { files: Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`data/${at}.jsonl`, small])) },
    async ({ server, resolve }) => {
      expect(await resolve("hf://datasets/o/n")).toHaveLength(25);
      expect(server.log.filter(({ line }) => line.includes("/tree/"))).toHaveLength(6);
      const listing = await listDatasetFiles({ owner: "o", name: "n" }, { endpoint: server.endpoint });
      expect(listing.commit).toBe(server.head("o/n"));
      expect(listing.files).toHaveLength(25);
      expect(listing.files[1]).toEqual({ path: "data/1.jsonl", size: small.length });
    },
    { pageSize: 5 },
  ));

test("files, folders and patterns", () =>
  run(
    { files: { "a/train.jsonl": small, "a/test.csv": small, "a b/[x]#?.jsonl": small, "README.md": "" } },
    async ({ resolve }) => {
      const paths = async (path: string, more?: HubProviderOptions): Promise<string[]> =>
        (await resolve(`hf://datasets/o/n/${path}`, more)).map((source) => source.path);
      expect(await paths("a/test.csv")).toEqual(["a/test.csv"]);
      expect(await paths("README.md")).toEqual(["README.md"]);
      expect(await paths("a/", { hubSplit: "train" })).toEqual(["a/train.jsonl"]);
      expect(await paths("**/*.jsonl")).toEqual(["a b/[x]#?.jsonl", "a/train.jsonl"]);
      expect(await paths("a/*")).toEqual(["a/test.csv", "a/train.jsonl"]);
      expect(await paths("a/*", { hubSplit: "test" })).toEqual(["a/test.csv"]);
      expect(await paths("a b/[x]#?.jsonl")).toEqual(["a b/[x]#?.jsonl"]);
      const [odd] = await resolve("hf://datasets/o/n/a b/[x]#?.jsonl");
      expect(await textOf(odd!)).toBe(small);
      for (const missing of ["b.jsonl", "b/*.jsonl", "*.parquet"]) {
        expect(await errorOf(paths(missing))).toMatchObject({ code: "IO_NOT_FOUND" });
      }
    },
  ));

test("the card says which files are meant", () =>
  run(
    {
      files: {
        "README.md":
          "---\nconfigs:\n- config_name: x\n  data_files:\n  - split: s\n    path: p/*.jsonl\n---\n",
        "p/1.jsonl": small,
        "train.jsonl": small,
      },
    },
    async ({ resolve }) => {
      const chosen: unknown[] = [];
      const onChoice: HubProviderOptions["onChoice"] = (address, choice) =>
        void chosen.push([address, choice.config, choice.splits]);
      expect((await resolve("hf://datasets/o/n", { onChoice })).map(({ path }) => path)).toEqual([
        "p/1.jsonl",
      ]);
      expect(chosen).toEqual([["hf://datasets/o/n", "x", ["s"]]]);
    },
  ));

test("parts are read by range, asking the Hub once", () =>
  run(plain, async ({ server, resolve }) => {
    const [source] = await resolve("hf://datasets/o/n/train.jsonl");
    const all = Buffer.from(rows);
    const before = server.log.length;
    for (const [start, end] of [
      [100, 200],
      [0, 5],
      [all.length - 7, all.length],
      [all.length - 7, all.length + 50],
      [5, 5],
    ] as const) {
      expect(Buffer.from(await source!.slice(start, end))).toEqual(all.subarray(start, end));
    }
    expect(sent(server)).toBe(100 + 5 + 7 + 7);
    expect(server.log.slice(before).map(({ line }) => line.slice(0, 9))).toEqual([
      "hub GET /",
      ...new Array(4).fill("store GET"),
    ]);
  }));

test("an address of the store that ran out is asked of the Hub again", () =>
  run(plain, async ({ server, resolve, waits }) => {
    const [source] = await resolve("hf://datasets/o/n/train.jsonl");
    await source!.slice(0, 5);
    server.faults.push({ on: /^store GET/u, status: 403 });
    expect(Buffer.from(await source!.slice(5, 10)).toString()).toBe(rows.slice(5, 10));
    expect(waits).toEqual([]);
  }));

test.each(["train.jsonl", "small.jsonl"])(
  "a connection cut in the middle of %s goes on at the same byte",
  (path) =>
    run(plain, async ({ server, resolve, waits }) => {
      const [source] = await resolve(`hf://datasets/o/n/${path}`);
      const on = path === "train.jsonl" ? /^store GET/u : /resolve/u;
      server.faults.push({ on, cutAfter: 3 }, { on, cutAfter: 2 });
      expect(await textOf(source!)).toBe(path === "train.jsonl" ? rows : small);
      expect(sent(server)).toBe(source!.size);
      const asked = server.log.filter(({ range }) => range !== undefined);
      expect(asked.map(({ range }) => range)).toContain("bytes=5-");
      expect(asked.at(-1)!.ifRange).toMatch(/^"[0-9a-f]{64}"$/u);
      expect(waits).toEqual([1000, 2000]);
    }),
);

test("what was looked at is not fetched again", () =>
  run(plain, async ({ server, resolve }) => {
    const [source] = await resolve("hf://datasets/o/n/train.jsonl");
    server.faults.push({ on: /^store/u, cutAfter: 1000 });
    for await (const chunk of source!.open()) {
      expect(chunk.length).toBeLessThanOrEqual(1000);
      break;
    }
    expect(await textOf(source!)).toBe(rows);
    expect(await textOf(source!)).toBe(rows);
    expect(sent(server)).toBe(source!.size);
  }));

test("wherever the connection is cut, every byte is fetched once", () =>
  run(plain, async ({ server, resolve }) => {
    const size = Buffer.byteLength(rows);
    const cuts = fc.array(fc.nat(size), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.nat(size), fc.nat(size), async (places, one, other) => {
        const [source] = await resolve("hf://datasets/o/n/train.jsonl");
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        const before = sent(server);
        server.faults.push(...places.map((cutAfter) => ({ on: /^store/u, cutAfter })));
        expect(Buffer.from(await source!.slice(start, end))).toEqual(Buffer.from(rows).subarray(start, end));
        expect(sent(server) - before).toBe(end - start);
        server.faults.length = 0;
      }),
      { numRuns: 30 },
    );
  }));

test("of a server that sends everything the part that was asked for is taken", () =>
  run(plain, async ({ server, resolve }) => {
    const [source] = await resolve("hf://datasets/o/n/train.jsonl");
    const ignored: Fault = { on: /^store/u, ignoresRange: true };
    server.faults.push(ignored);
    expect(Buffer.from(await source!.slice(100, 200))).toEqual(Buffer.from(rows).subarray(100, 200));
    server.faults.push({ on: /^store/u, cutAfter: 1000 }, ignored);
    expect(await textOf(source!)).toBe(rows);
  }));

test("a content that changed is not joined to what was read", () =>
  run(plain, async ({ server, resolve }) => {
    const [source] = await resolve("hf://datasets/o/n/train.jsonl");
    server.faults.push({ on: /^store/u, cutAfter: 1000 }, { on: /^store/u, etag: '"other"' });
    expect(await errorOf(textOf(source!))).toMatchObject({
      code: "IO_DOWNLOAD_FAILED",
      message: expect.stringContaining("another content"),
    });
  }));

test.each<[string, Fault, number[]]>([
  ["429 with Retry-After", { on: /revision/u, status: 429, headers: { "retry-after": "7" } }, [7000]],
  ["429 with a date", { on: /tree/u, status: 429, headers: dates() }, [90_000]],
  [
    "429 with RateLimit",
    { on: /resolve/u, status: 429, headers: { ratelimit: '"resolvers";r=0;t=55' } },
    [55_000],
  ],
  ["503", { on: /^store/u, status: 503 }, [1000]],
])("%s is waited for", (_, fault, expected) =>
  run(plain, async ({ server, resolve, waits }) => {
    server.faults.push(fault);
    const [source] = await resolve("hf://datasets/o/n", { hubSplit: "train" });
    expect(await textOf(source!)).toBe(rows);
    expect(waits).toEqual(expected);
  }),
);

function dates(): Record<string, string> {
  return { date: "Mon, 01 Jan 2024 00:00:00 GMT", "retry-after": "Mon, 01 Jan 2024 00:01:30 GMT" };
}

test("trouble that does not pass ends with what the server said", () =>
  run(plain, async ({ server, resolve, waits }) => {
    server.faults.push(...Array.from({ length: 3 }, () => ({ on: /revision/u, status: 500 })));
    expect(await errorOf(resolve("hf://datasets/o/n", { retries: 2 }))).toMatchObject({
      code: "IO_DOWNLOAD_FAILED",
      message: "hf://datasets/o/n: the Hub answered 500 (tried 3 times)",
    });
    expect(waits).toEqual([1000, 2000]);
    server.faults.push({ on: /revision/u, status: 429, headers: { "retry-after": "3600" } });
    expect(await errorOf(resolve("hf://datasets/o/n"))).toMatchObject({
      message: "hf://datasets/o/n: the Hub answered 429 and asks to wait 3600 seconds",
      hint: expect.stringContaining("HF_TOKEN"),
    });
    expect(waits).toHaveLength(2);
  }));

test.each([
  ["the page of a portal", { on: /revision/u, status: 200, body: "<html>Sign in</html>" }],
  ["a listing of something else", { on: /tree/u, status: 200, body: '[null,{"type":"file"}]' }],
  ["no listing", { on: /tree/u, status: 200, body: "7" }],
])("%s in place of what the Hub answers is told", (_, fault) =>
  run(plain, async ({ server, resolve }) => {
    server.faults.push(fault);
    expect(await errorOf(resolve("hf://datasets/o/n"))).toMatchObject({
      code: "IO_DOWNLOAD_FAILED",
      message: expect.stringContaining("not what the Hub answers"),
    });
  }),
);

test("a server that is not there is said to be so at once", () =>
  run(plain, async ({ resolve, waits }) => {
    const endpoint = await withHubServer({ datasets: {} }, async (server) => server.endpoint);
    expect(await errorOf(resolve("hf://datasets/o/n", { endpoint }))).toMatchObject({
      code: "IO_DOWNLOAD_FAILED",
      message: `${endpoint} cannot be reached (ECONNREFUSED)`,
      hint: expect.stringContaining("online"),
    });
    expect(waits).toEqual([]);
  }));

test("a server that goes away while it is read from is tried again", () =>
  run(plain, async ({ resolve, waits }) => {
    const [source] = await resolve("hf://datasets/o/n/train.jsonl", {
      retries: 1,
      fetch: (input, init) =>
        String(input).includes("/resolve/") ? fetch("http://127.0.0.1:1", init) : fetch(input, init),
    });
    expect(await errorOf(textOf(source!))).toMatchObject({ code: "IO_DOWNLOAD_FAILED" });
    expect(waits).toEqual([1000]);
  }));

test("gated, private and missing datasets name the page to visit and the state of the token", () =>
  run({ ...plain, gated: true }, async ({ server, resolve }) => {
    const page = `${server.endpoint}/datasets/o/n`;
    const anonymous = await errorOf(resolve("hf://datasets/o/n"));
    expect(anonymous).toMatchObject({
      code: "IO_NOT_AUTHORISED",
      message: expect.stringContaining("restricted"),
    });
    expect(anonymous.hint).toContain(`Visit ${page},`);
    expect(anonymous.hint).toContain("HF_TOKEN is not set");
    const [listed] = await resolve("hf://datasets/o/n/train.jsonl");
    expect(await errorOf(textOf(listed!))).toMatchObject({ code: "IO_NOT_AUTHORISED", hint: anonymous.hint });
    const stranger = await errorOf(resolve("hf://datasets/o/n", { token: "hf_none" }));
    expect(stranger).toMatchObject({ code: "IO_NOT_AUTHORISED", message: expect.stringContaining("401") });
    expect(stranger.hint).toContain("The token was not accepted");
    const missing = await errorOf(resolve("hf://datasets/o/m"));
    expect(missing).toMatchObject({ code: "IO_NOT_FOUND" });
    expect(missing.hint).toContain(`${server.endpoint}/datasets/o/m`);
    const revision = await errorOf(resolve("hf://datasets/o/n@v9", { token: "hf_good" }));
    expect(revision).toMatchObject({ code: "IO_NOT_FOUND", message: expect.stringContaining("revision") });
    const [source] = await resolve("hf://datasets/o/n", { token: "hf_good", hubSplit: "train" });
    expect(await textOf(source!)).toBe(rows);
  }));

test("a token without access is told so by 403", () =>
  withHubServer(
    { datasets: { "o/n": { ...plain, gated: true } }, tokens: { hf_reader: false } },
    async ({ endpoint }) => {
      const provider = createHubProvider({ endpoint, token: "hf_reader" });
      const error = await errorOf(provider.resolve("hf://datasets/o/n"));
      expect(error).toMatchObject({ code: "IO_NOT_AUTHORISED", message: expect.stringContaining("403") });
      expect(error.hint).toContain(`Visit ${endpoint}/datasets/o/n with the account of the token`);
    },
  ));

test("the token goes to the Hub only, and is shown nowhere", () =>
  run(plain, async ({ server, resolve }) => {
    const token = "hf_good";
    const sources = await resolve("hf://datasets/o/n/train.jsonl", { token: ` ${token}\n` });
    await textOf(sources[0]!);
    for (const { line, authorization } of server.log) {
      expect([line, authorization]).toEqual([line, line.startsWith("hub") ? `Bearer ${token}` : undefined]);
    }
    expect(server.log.some(({ line }) => line.startsWith("store"))).toBe(true);
    expect(JSON.stringify(sources)).not.toContain(token);
    const headers = { "content-type": "application/json", link: "" };
    server.faults.push({ on: /revision/u, status: 400, headers, body: `{"error":"Bearer ${token} is bad"}` });
    const error = await errorOf(resolve("hf://datasets/o/n", { token }));
    expect(error.message).toContain("Bearer [token] is bad");
    expect(await errorOf(resolve("hf://datasets/o/n", { token: "hf_a\nb" }))).toMatchObject({
      code: "HUB_TOKEN_INVALID",
      message: expect.not.stringContaining("hf_a"),
    });
  }));

test("a listing that leads to another host does not get the token", () =>
  run(plain, async ({ server, resolve }) => {
    await withHubServer({ datasets: {} }, async (other) => {
      const headers = { link: `<${other.endpoint}/x>; rel="next"`, "content-type": "application/json" };
      server.faults.push({ on: /tree/u, status: 200, headers, body: "[]" });
      other.faults.push({
        on: /x/u,
        status: 200,
        headers: { "content-type": "application/json" },
        body: "[]",
      });
      await errorOf(resolve("hf://datasets/o/n", { token: "hf_good" }));
      expect(other.log).toMatchObject([{ line: "hub GET /x", authorization: undefined }]);
    });
  }));

test("redirects to unsafe addresses and without end are not followed", () =>
  run(plain, async ({ server, resolve }) => {
    server.faults.push({ on: /revision/u, status: 302, headers: { location: "http://example.com/x" } });
    expect(await errorOf(resolve("hf://datasets/o/n"))).toMatchObject({ code: "IO_DOWNLOAD_FAILED" });
    server.faults.push(
      ...Array.from({ length: 6 }, () => ({
        on: /revision/u,
        status: 307,
        headers: { location: "?revision" },
      })),
    );
    expect((await errorOf(resolve("hf://datasets/o/n"))).message).toContain("more than 5 times");
  }));

test.each(["http://hub.example.com", "ftp://x", "nonsense", "https://user:pass@hub.example.com"])(
  "the endpoint %s is refused",
  async (endpoint) => {
    const error = await errorOf(createHubProvider({ endpoint }).resolve("hf://datasets/o/n"));
    expect(error.code).toBe("HUB_ENDPOINT_INVALID");
    expect(error.message).not.toContain("pass@");
  },
);

test("reading stops when it is aborted", () =>
  run(plain, async ({ server, resolve }) => {
    const [source] = await resolve("hf://datasets/o/n/train.jsonl");
    const stop = new AbortController();
    server.faults.push({ on: /^store/u, cutAfter: 10 });
    const reading = (async () => {
      for await (const _ of source!.open({ signal: stop.signal })) {
        stop.abort(new Error("enough"));
      }
    })();
    await expect(reading).rejects.toThrow("enough");
  }));
