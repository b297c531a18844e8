import type { IncomingMessage, ServerResponse } from "node:http";
import { collectBytes, type RequestHandler, withLoopbackServer } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { createHttpsProvider } from "./https-provider.ts";

const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));

/** Downloads `path` from a server, and notes how long it would have waited. */
async function get(
  handler: RequestHandler,
  options: { path?: string; maxBytes?: number; retries?: number } = {},
): Promise<{ bytes: Buffer; waits: number[]; requests: readonly string[] }> {
  const { path = "/data/file.csv?token=secret", ...rest } = options;
  const waits: number[] = [];
  const provider = createHttpsProvider({ ...rest, sleep: async (wait) => void waits.push(wait) });
  return withLoopbackServer(handler, async ({ origin, requests }) => {
    const [source] = await provider.resolve(`${origin}${path}`, {});
    return { bytes: Buffer.from(await collectBytes(source!.open())), waits, requests };
  });
}

/** Sends the part that is asked for, and breaks the connection after so many bytes of each answer. */
function serve(
  request: IncomingMessage,
  response: ServerResponse,
  breakAfter = Number.POSITIVE_INFINITY,
): number {
  const start = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? "")?.[1] ?? 0);
  const part = content.subarray(start);
  response.statusCode = start > 0 ? 206 : 200;
  response.setHeader("content-length", part.length);
  response.setHeader("etag", '"v1"');
  if (start > 0) {
    response.setHeader("content-range", `bytes ${start}-${content.length - 1}/${content.length}`);
  }
  const sent = part.subarray(0, breakAfter);
  response.write(sent, () => (sent.length < part.length ? response.destroy() : response.end()));
  return sent.length;
}

const all: RequestHandler = (request, response) => void serve(request, response);

describe("a connection that breaks", () => {
  test("is taken up where it broke: no byte is sent twice", async () => {
    let sent = 0;
    const seen: (string | undefined)[] = [];
    const { bytes, waits } = await get((request, response) => {
      seen.push(request.headers["if-range"] as string | undefined);
      sent += serve(request, response, 70_000);
    });
    expect(bytes.equals(content)).toBe(true);
    expect(sent).toBe(content.length);
    expect(seen).toEqual([undefined, '"v1"', '"v1"', '"v1"', '"v1"']);
    expect(waits).toEqual([1000, 2000, 4000, 8000]);
  });

  test("and a server that knows no ranges: what is known is passed over", async () => {
    let turn = 0;
    const { bytes } = await get((request, response) => {
      turn += 1;
      request.headers.range = undefined;
      serve(request, response, turn === 1 ? 100_000 : undefined);
    });
    expect(bytes.equals(content)).toBe(true);
  });

  test("and content that has changed meanwhile is an error, not a mixture", async () => {
    let turn = 0;
    const result = get((_, response) => {
      turn += 1;
      response.setHeader("etag", `"v${turn}"`);
      response.setHeader("content-length", content.length);
      response.write(content.subarray(0, 1000), () => response.destroy());
    });
    await expect(result).rejects.toMatchObject({
      code: "IO_DOWNLOAD_FAILED",
      message: expect.stringContaining("changed"),
    });
  });

  test("and a server that cannot tell whether it has changed", async () => {
    const result = get((_, response) => {
      response.setHeader("content-length", content.length);
      response.write(content.subarray(0, 1000), () => response.destroy());
    });
    await expect(result).rejects.toMatchObject({ code: "IO_DOWNLOAD_FAILED" });
  });

  test("by nobody listening is not waited for", async () => {
    const origin = await withLoopbackServer(
      () => {},
      async (server) => server.origin,
    );
    const provider = createHttpsProvider({ sleep: async () => expect.unreachable() });
    const [source] = await provider.resolve(`${origin}/x`, {});
    await expect(collectBytes(source!.open())).rejects.toMatchObject({
      code: "IO_DOWNLOAD_FAILED",
      message: expect.stringContaining("cannot be reached (ECONNREFUSED)"),
    });
  });

  test("again and again is given up", async () => {
    const result = get((_, response) => void response.destroy(), { retries: 3 });
    await expect(result).rejects.toMatchObject({
      code: "IO_DOWNLOAD_FAILED",
      message: expect.stringContaining("tried 4 times"),
    });
  });
});

describe("what a server answers", () => {
  test.each([
    [401, "IO_NOT_AUTHORISED"],
    [403, "IO_NOT_AUTHORISED"],
    [404, "IO_NOT_FOUND"],
    [410, "IO_NOT_FOUND"],
    [418, "IO_DOWNLOAD_FAILED"],
  ])("%d is %s at once, and shows no secret", async (status, code) => {
    let requests = 0;
    const error = await get((_, response) => {
      requests += 1;
      response.writeHead(status).end("no");
    }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code });
    expect(requests).toBe(1);
    expect(`${error.message}${JSON.stringify(error.location)}`).not.toContain("secret");
  });

  test("429 and 503 are waited for as long as they say", async () => {
    const answers: [number, Record<string, string>][] = [
      [429, { "retry-after": "7" }],
      [503, { "retry-after": "Sun, 06 Nov 1994 08:49:57 GMT", date: "Sun, 06 Nov 1994 08:49:37 GMT" }],
      [500, {}],
    ];
    const { bytes, waits } = await get((request, response) => {
      const next = answers.shift();
      if (next === undefined) {
        serve(request, response);
      } else {
        response.writeHead(...next).end();
      }
    });
    expect(bytes.equals(content)).toBe(true);
    expect(waits).toEqual([7000, 20_000, 4000]);
  });

  test("a wait of hours is not waited for", async () => {
    const result = get((_, response) => void response.writeHead(429, { "retry-after": "86400" }).end());
    await expect(result).rejects.toMatchObject({ code: "IO_DOWNLOAD_FAILED" });
  });
});

describe("redirects", () => {
  test("are followed, with the password sent to its own host only", async () => {
    const seen: (string | undefined)[] = [];
    await withLoopbackServer(
      (request, response) => {
        seen.push(request.headers.authorization);
        serve(request, response);
      },
      async (other) => {
        await withLoopbackServer(
          (request, response) => {
            seen.push(request.headers.authorization);
            const location = request.url === "/start" ? "/next" : `${other.origin}/file`;
            response.writeHead(302, { location }).end();
          },
          async ({ origin }) => {
            const address = `${origin.replace("//", "//us%40er:pass@")}/start`;
            const [source] = await createHttpsProvider().resolve(address, {});
            expect(source!.name).toBe(`${origin}/start`);
            expect(Buffer.from(await collectBytes(source!.open())).equals(content)).toBe(true);
          },
        );
      },
    );
    const basic = `Basic ${Buffer.from("us@er:pass").toString("base64")}`;
    expect(seen).toEqual([basic, basic, undefined]);
  });

  test("without end are given up", async () => {
    const result = get((_, response) => void response.writeHead(302, { location: "/again" }).end());
    await expect(result).rejects.toMatchObject({
      code: "IO_DOWNLOAD_FAILED",
      message: expect.stringContaining("more than 5 times"),
    });
  });

  test("to an address that is not safe are refused", async () => {
    const result = get(
      (_, response) => void response.writeHead(302, { location: "http://example.org/" }).end(),
    );
    await expect(result).rejects.toMatchObject({
      code: "IO_DOWNLOAD_FAILED",
      message: expect.stringContaining("only https"),
    });
  });
});

describe("size", () => {
  test("too large by what the server says, or by what it sends", async () => {
    await expect(get(all, { maxBytes: 299_999 })).rejects.toMatchObject({ code: "IO_DOWNLOAD_TOO_LARGE" });
    const unsaid = get((_, response) => void response.end(content), { maxBytes: 299_999 });
    await expect(unsaid).rejects.toMatchObject({ code: "IO_DOWNLOAD_TOO_LARGE" });
    expect((await get(all, { maxBytes: 300_000 })).bytes).toHaveLength(300_000);
  });

  test("is known once the first answer has come", async () => {
    await withLoopbackServer(all, async ({ origin }) => {
      const [source] = await createHttpsProvider().resolve(`${origin}/a/my%20file.csv`, {});
      expect(source).toMatchObject({ baseName: "my file.csv", rereadable: true });
      expect(source!.size).toBeUndefined();
      for await (const _ of source!.open()) {
        break;
      }
      expect(source!.size).toBe(content.length);
    });
  });
});

test("content that changes between two readings is an error", async () => {
  let turn = 0;
  await withLoopbackServer(
    (_, response) => {
      turn += 1;
      response.setHeader("etag", `"v${turn}"`).end("content");
    },
    async ({ origin }) => {
      const [source] = await createHttpsProvider().resolve(`${origin}/`, {});
      await collectBytes(source!.open());
      await expect(collectBytes(source!.open())).rejects.toMatchObject({ code: "IO_DOWNLOAD_FAILED" });
    },
  );
});

test("which addresses are claimed, and which are read", async () => {
  const provider = createHttpsProvider();
  expect(["https://a", "HTTP://a", "a.csv", "file:///a"].map(provider.claims)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  for (const address of ["http://example.org/a.csv", "http://localhost.example.org/", "http://10.0.0.1/"]) {
    await expect(provider.resolve(address, {})).rejects.toMatchObject({ code: "IO_DOWNLOAD_FAILED" });
  }
  await expect(provider.resolve("https://user:secret@:x", {})).rejects.toSatisfy(
    (error: Error) => !error.message.includes("secret"),
  );
});

test("an abort ends a download that waits", async () => {
  const controller = new AbortController();
  await withLoopbackServer(
    (_, response) => {
      response.write("begun", () => controller.abort(new Error("enough")));
    },
    async ({ origin }) => {
      const [source] = await createHttpsProvider().resolve(`${origin}/`, {});
      await expect(collectBytes(source!.open({ signal: controller.signal }))).rejects.toThrow("enough");
    },
  );
});
