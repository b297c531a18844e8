import { describe, expect, test } from "vitest";
import type { FineTuningServer } from "./server-options.ts";
import { ask, idOf, preferenceLines, upload, withFile } from "./test-client.ts";

describe("a job's life", () => {
  const statuses = async (server: FineTuningServer, id: string): Promise<string[]> => {
    const seen: string[] = [];
    while (!["succeeded", "failed", "cancelled"].includes(seen.at(-1)!)) {
      const { body } = await ask(server, `GET /v1/fine_tuning/jobs/${id}`);
      seen.push((body as { status: string }).status);
    }
    return seen;
  };

  test("moves on with each request for its status", () =>
    withFile({ jobs: [{ steps: 1, polls: 2 }] }, async (server, create) => {
      const { body } = await create();
      expect(body).toMatchObject({ status: "validating_files" });
      expect(await statuses(server, idOf(body))).toEqual([
        "validating_files",
        "queued",
        "queued",
        "running",
        "running",
        "succeeded",
      ]);
    }));

  test("moves on by control only, where that is asked for", () =>
    withFile({ advance: "manual" }, async (server, create) => {
      const id = idOf((await create()).body);
      await ask(server, `GET /v1/fine_tuning/jobs/${id}`);
      expect(server.jobs[0]!.stage).toBe("validating");
      server.advance(id, 3);
      expect(server.jobs[0]).toMatchObject({ stage: "running", step: 1 });
      server.finish(id);
      expect(server.jobs[0]!.stage).toBe("succeeded");
    }));

  test.each<[string, object, string]>([
    ["as planned", { fails: { code: "unsafe_file", message: "No." } }, "unsafe_file"],
    ["in training", { fails: { code: "server_error", message: "No.", at: "running" } }, "server_error"],
  ])("fails %s", (_, plan, expected) =>
    withFile({ jobs: [plan] }, async (server, create) => {
      const { body } = await create();
      const seen = await statuses(server, idOf(body));
      expect(seen.at(-1)).toBe("failed");
      expect(seen.includes("running")).toBe(expected === "server_error");
      expect(server.jobs[0]!.error).toMatchObject({ code: expected, message: "No." });
    }),
  );

  test.each<[string, string, string, string]>([
    ["too few lines", preferenceLines(9), "invalid_n_examples", "has 9 example(s)"],
    [
      "another key",
      preferenceLines(10).replace("{", '{"id":1,'),
      "invalid_training_file",
      'Example 1 contains an extra "id"',
    ],
    [
      "a key too few",
      `{"input":{}}\n${preferenceLines(10)}`,
      "invalid_training_file",
      "missing key 'preferred_output'",
    ],
    ["broken JSON", `${preferenceLines(10)}{"input"`, "invalid_training_file", "Example 11 cannot be parsed"],
  ])("fails when its file has %s", (_, content, expected, message) =>
    withFile({}, async (server, create) => {
      const { body } = await create({ training_file: await upload(server, content) });
      expect(await statuses(server, idOf(body))).toEqual(["failed"]);
      expect(server.jobs[0]!.error).toMatchObject({ code: expected, param: "training_file" });
      expect(server.jobs[0]!.error!.message).toContain(message);
    }),
  );

  test("is cancelled, by another or by a request, once", () =>
    withFile({ jobs: [{ isCancelled: true }] }, async (server, create) => {
      expect((await statuses(server, idOf((await create()).body))).at(-1)).toBe("cancelled");
      const id = idOf((await create()).body);
      const line = `POST /v1/fine_tuning/jobs/${id}/cancel`;
      expect((await ask(server, line)).body).toMatchObject({ status: "cancelled" });
      expect((await ask(server, line)).status).toBe(400);
    }));

  test("pauses and resumes while it runs", () =>
    withFile({}, async (server, create) => {
      const id = idOf((await create()).body);
      const line = (action: string): string => `POST /v1/fine_tuning/jobs/${id}/${action}`;
      expect((await ask(server, line("pause"))).status).toBe(400);
      server.advance(id, 2);
      expect((await ask(server, line("pause"))).body).toMatchObject({ status: "paused" });
      server.finish(id);
      expect(server.jobs[0]!.stage).toBe("paused");
      expect((await ask(server, line("resume"))).body).toMatchObject({ status: "running" });
    }));

  test("a tuned model may be tuned again", () =>
    withFile({}, async (server, create) => {
      server.finish(idOf((await create()).body));
      expect((await create({ model: server.jobs[0]!.fineTunedModel })).status).toBe(200);
    }));

  test("lists come in pages, newest first, and by metadata", () =>
    withFile({}, async (server, create) => {
      for (const run of ["1", "2", "3"]) {
        await create({ metadata: { run } });
      }
      const [first, second, third] = server.jobs.map(({ id }) => id);
      const page = (query: string): Promise<unknown> =>
        ask(server, `GET /v1/fine_tuning/jobs?${query}`).then(({ body }) => body);
      expect(await page("limit=2")).toMatchObject({ data: [{ id: third }, { id: second }], has_more: true });
      expect(await page(`limit=2&after=${second}`)).toMatchObject({ data: [{ id: first }], has_more: false });
      expect(await page("metadata[run]=2")).toMatchObject({ data: [{ id: second }], has_more: false });
    }));
});
