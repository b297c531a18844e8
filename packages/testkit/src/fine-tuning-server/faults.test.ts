import { describe, expect, test } from "vitest";
import { answerStatus, dropConnection, tooManyRequests } from "./faults.ts";
import { ask, formOf } from "./test-client.ts";
import { withFineTuningServer } from "./with-fine-tuning-server.ts";

describe("failures on demand", () => {
  const line = "GET /v1/models";
  const on = /^GET \/v1\/models$/u;

  test("come after so many requests, and so many times", () =>
    withFineTuningServer(
      { faults: [{ on, after: 2, times: 2, effect: answerStatus(503) }] },
      async (server) => {
        const statuses = [];
        for (let time = 0; time < 5; time++) {
          statuses.push((await ask(server, line)).status);
        }
        expect(statuses).toEqual([200, 200, 503, 503, 200]);
        expect(server.requests[2]!.answer).toMatchObject({ error: { type: "server_error" } });
        expect(server.count(on)).toBe(5);
      },
    ));

  test("429 says when to come again, in each way", () =>
    withFineTuningServer({}, async (server) => {
      const date = new Date("2026-11-23T12:00:00Z");
      const waits = [{ seconds: 2 }, { date }, { milliseconds: 20 }];
      const headers = [];
      for (const wait of waits) {
        server.faults.push({ on, effect: tooManyRequests(wait) });
        const answer = await ask(server, line);
        headers.push([
          answer.status,
          answer.headers.get("retry-after"),
          answer.headers.get("retry-after-ms"),
        ]);
      }
      expect(headers).toEqual([
        [429, "2", null],
        [429, "Mon, 23 Nov 2026 12:00:00 GMT", null],
        [429, null, "20"],
      ]);
    }));

  test.each<["before-body" | "during-body" | "after-request" | "during-answer", number]>([
    ["before-body", 0],
    ["during-body", 0],
    ["after-request", 1],
    ["during-answer", 1],
  ])("the connection breaks %s: %i files are kept", (when, kept) =>
    withFineTuningServer({ faults: [{ on: /^POST/u, effect: dropConnection(when) }] }, async (server) => {
      await expect(ask(server, "POST /v1/files", formOf({ purpose: "fine-tune" }))).rejects.toThrow();
      expect(server.files).toHaveLength(kept);
      expect(server.requests).toHaveLength(1);
      expect(server.requests[0]!.status).toBeUndefined();
    }),
  );

  test("JSON breaks off, or comes byte by byte", () =>
    withFineTuningServer(
      {
        faults: [
          { on, effect: { kind: "malformed" } },
          { on, effect: { kind: "trickle" } },
        ],
      },
      async (server) => {
        expect((await ask(server, line)).body).toBeTypeOf("string");
        expect((await ask(server, line)).body).toMatchObject({ object: "list" });
      },
    ));

  test("an answer stalls until the client gives up", () =>
    withFineTuningServer({ faults: [{ on, effect: { kind: "stall" } }] }, async (server) => {
      const response = await fetch(`${server.baseUrl}/models`, {
        headers: { authorization: `Bearer ${server.apiKey}` },
        signal: AbortSignal.timeout(200),
      });
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow();
    }));
});
