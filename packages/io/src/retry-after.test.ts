import { expect, test } from "vitest";
import { retryAfter } from "./retry-after.ts";
import { sleepFor } from "./sleep-for.ts";

const date = "Sun, 06 Nov 1994 08:49:37 GMT";

test.each<[Record<string, string>, number | undefined]>([
  [{}, undefined],
  [{ "retry-after": "7" }, 7000],
  [{ "retry-after": "0.5" }, 500],
  [{ "retry-after": "Sun, 06 Nov 1994 08:49:57 GMT", date }, 20_000],
  [{ "retry-after": "Sun, 06 Nov 1994 08:49:17 GMT", date }, 0],
  [{ "retry-after": "Sun, 06 Nov 1994 08:49:57 GMT" }, undefined],
  [{ "retry-after": "soon", date }, undefined],
  [{ "retry-after": "-5" }, undefined],
])("%j asks for %s ms", (headers, wait) => {
  expect(retryAfter(new Headers(headers))).toBe(wait);
});

test("a wait ends on abort with the signal's reason, however long it was", async () => {
  const controller = new AbortController();
  const wait = sleepFor(2 ** 30, controller.signal);
  controller.abort(new Error("enough"));
  await expect(wait).rejects.toThrow("enough");
  await expect(sleepFor(2 ** 30, controller.signal)).rejects.toThrow("enough");
});
