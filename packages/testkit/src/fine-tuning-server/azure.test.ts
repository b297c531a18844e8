import { expect, test } from "vitest";
import { ask, idOf, withFile } from "./test-client.ts";

const azure = { provider: "azure" } as const;

test.each<[object, number]>([
  [{ trainingType: "Developer" }, 200],
  [{ trainingType: "Cheap" }, 400],
  [{ suffix: "v1.2" }, 400],
  [{ suffix: "kind" }, 200],
])("a job with %o is answered with %i", (more, status) =>
  withFile(azure, async (_, create) => {
    expect((await create(more)).status).toBe(status);
  }),
);

test("OpenAI knows no training type", () =>
  withFile({}, async (_, create) => {
    expect((await create({ trainingType: "Developer" })).status).toBe(400);
  }));

test("the key stands in a header of its own, any query may name a version, and errors are short", () =>
  withFile(azure, async (server, create) => {
    const id = idOf((await create()).body);
    const line = `GET /openai/v1/fine_tuning/jobs/${id}?api-version=preview`;
    expect(await ask(server, line, undefined, { "api-key": server.apiKey })).toMatchObject({
      status: 200,
      body: { status: "queued" },
    });
    expect(await ask(server, line, undefined, { "api-key": "x" })).toMatchObject({
      status: 401,
      body: { error: { code: "invalid_api_key", message: expect.any(String) } },
    });
    expect((await ask(server, "GET /v1/models")).status).toBe(404);
    server.finish(id);
    expect(server.jobs[0]!.fineTunedModel).toMatch(/^gpt-4\.1-mini-2025-04-14\.ft-/u);
  }));
