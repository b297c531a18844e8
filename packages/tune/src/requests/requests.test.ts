import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerError, waitOf } from "./answer-error.ts";
import { openConnection } from "./connection.ts";
import { createRedact } from "./redact.ts";
import { PassingFailure, withRetries } from "./retry.ts";

describe("redact", () => {
  const key = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_$&.*+?(["), minLength: 1, maxLength: 40 });

  test("no text holds a key after it", () => {
    fc.assert(
      fc.property(key, fc.array(fc.string()), (secret, pieces) => {
        // A single letter may be in any replacement.
        fc.pre(secret.length > 4 && !"[key][signed address]https://".includes(secret));
        const redact = createRedact([secret]);
        expect(redact(pieces.join(secret) + secret)).not.toContain(secret);
      }),
    );
  });

  test("no signature of an address is left", () => {
    const part = fc.string({ unit: fc.constantFrom(..."abcdef012345%-_"), minLength: 8, maxLength: 30 });
    fc.assert(
      fc.property(part, part, fc.string(), (path, signature, around) => {
        const redact = createRedact([]);
        const text = `${around} https://store.example.com/${path}?X-Signature=${signature} ${around}`;
        fc.pre(!around.includes(signature));
        expect(redact(text)).not.toContain(signature);
      }),
    );
  });

  test.each([
    ["Incorrect API key provided: sk-proj-abcdef123456.", "Incorrect API key provided: [key]."],
    ["Authorization: Bearer abcdef123456", "Authorization: [key]"],
    ["https://user:secret@host/path", "https://host/[signed address]"],
    ["see https://platform.openai.com/docs", "see https://platform.openai.com/docs"],
  ])("%s", (text, expected) => {
    expect(createRedact([""])(text)).toBe(expected);
  });
});

describe("waits", () => {
  test.each<[Record<string, string>, number | undefined]>([
    [{}, undefined],
    [{ "retry-after": "3" }, 3000],
    [{ "retry-after": "0.5" }, 500],
    [{ "retry-after-ms": "20", "retry-after": "3" }, 20],
    [{ "retry-after": "Mon, 23 Nov 2026 00:00:09 GMT", date: "Mon, 23 Nov 2026 00:00:00 GMT" }, 9000],
    [{ "retry-after": "soon" }, undefined],
  ])("%j", (headers, expected) => {
    expect(waitOf(new Headers(headers))).toBe(expected);
  });

  test("pauses double, up to a minute; a longer one that is asked for is not waited for", async () => {
    const waits: number[] = [];
    const policy = {
      retries: 8,
      firstWait: 1000,
      signal: undefined,
      name: "P",
      sleep: async (milliseconds: number) => {
        waits.push(milliseconds);
      },
    };
    const fail = (wait?: number) => async (): Promise<never> => {
      throw new PassingFailure("no", { wait, mayHaveHappened: false });
    };
    await expect(withRetries(policy, fail())).rejects.toMatchObject({ code: "TUNE_UNREACHABLE" });
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    await expect(withRetries(policy, fail(3_600_000))).rejects.toThrow("asks to wait 3600 seconds");
    expect(waits).toHaveLength(8);
  });
});

test.each([
  [401, undefined, "TUNE_NOT_AUTHORISED"],
  [403, undefined, "TUNE_NOT_AUTHORISED"],
  [404, undefined, "TUNE_NOT_FOUND"],
  [400, undefined, "TUNE_REQUEST_REFUSED"],
  [429, "insufficient_quota", "TUNE_REQUEST_REFUSED"],
])("an answer %i %s is %s", (status, code, expected) => {
  const error = answerError({ status, code, headers: new Headers(), message: "m" }, "P", String);
  expect(error).toMatchObject({ code: expected });
});

test.each([
  "http://example.com/v1",
  "ftp://example.com",
  "https://user:password@example.com",
  "https://example.com/v1?key=1",
  "nonsense",
])("the address %s is refused, and not shown", (baseUrl) => {
  const open = (): unknown => openConnection("compatible", "", { key: "k", baseUrl });
  expect(open).toThrow(expect.objectContaining({ code: "TUNE_ADDRESS_INVALID" }));
  expect(open).not.toThrow(baseUrl);
});

test.each(["", "  ", "two words", "line\nbreak", "ключ"])("the key %j is refused", (key) => {
  expect(() => openConnection("openai", "https://api.openai.com/v1", { key })).toThrow(
    expect.objectContaining({ code: "TUNE_KEY_MISSING" }),
  );
});
