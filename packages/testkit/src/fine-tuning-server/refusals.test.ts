import { describe, expect, test } from "vitest";
import { ask, formOf, idOf, model, withFile } from "./test-client.ts";
import { withFineTuningServer } from "./with-fine-tuning-server.ts";

const code = (body: unknown): unknown => (body as { error?: { code?: unknown } }).error?.code;

describe("what is refused", () => {
  const dpo = (hyperparameters: object): object => ({ method: { type: "dpo", dpo: { hyperparameters } } });
  const wandb = (value: object): object => ({ integrations: [{ type: "wandb", wandb: value }] });
  const pairs = Array.from({ length: 17 }, (_, at) => [`key${at}`, "value"]);
  test.each<[string, object, string, string | undefined]>([
    ["a key that is not known", { colour: 1 }, "unknown_parameter", "colour"],
    [
      "a key within that is not known",
      dpo({ gamma: 1 }),
      "unknown_parameter",
      "method.dpo.hyperparameters.gamma",
    ],
    ["beta of 0", dpo({ beta: 0 }), "invalid_value", "method.dpo.hyperparameters.beta"],
    ["beta above 2", dpo({ beta: 2.1 }), "invalid_value", undefined],
    ["beta as text", dpo({ beta: "0.1" }), "invalid_type", undefined],
    ["a batch of 257", dpo({ batch_size: 257 }), "invalid_value", undefined],
    ["half an epoch", dpo({ n_epochs: 0.5 }), "invalid_type", undefined],
    ["51 epochs", dpo({ n_epochs: 51 }), "invalid_value", undefined],
    ["a multiplier of 0", dpo({ learning_rate_multiplier: 0 }), "invalid_value", undefined],
    ["another method's numbers", { method: { type: "dpo", supervised: {} } }, "unknown_parameter", undefined],
    ["a method that is not known", { method: { type: "grpo" } }, "invalid_value", "method.type"],
    ["a method of null", { method: null }, "invalid_type", "method"],
    ["an empty suffix", { suffix: "" }, "invalid_value", "suffix"],
    ["a suffix of 65 characters", { suffix: "a".repeat(65) }, "invalid_value", "suffix"],
    ["a negative seed", { seed: -1 }, "invalid_value", "seed"],
    ["a seed beyond 31 bits", { seed: 2 ** 31 }, "invalid_value", "seed"],
    ["17 pairs of metadata", { metadata: Object.fromEntries(pairs) }, "invalid_value", "metadata"],
    ["metadata that is no text", { metadata: { run: 1 } }, "invalid_type", "metadata.run"],
    ["an integration without a project", wandb({}), "missing_required_parameter", undefined],
    ["tags that are no list", wandb({ project: "p", tags: "a" }), "invalid_type", undefined],
    ["a model that is not served", { model: "gpt-2" }, "model_not_available", "model"],
    ["a model past its end", { model: "gpt-4.1-nano-2025-04-14" }, "model_not_available", "model"],
    ["a file that is not there", { training_file: "file-x" }, "invalid_file_id", "training_file"],
    ["no training file", { training_file: undefined }, "missing_required_parameter", "training_file"],
  ])("%s", (_, more, expected, param) =>
    withFile({}, async (server, create) => {
      const { status, body } = await create(more);
      expect([status, code(body)]).toEqual([400, expected]);
      if (param !== undefined) {
        expect(body).toMatchObject({ error: { param, type: "invalid_request_error" } });
      }
      expect(server.jobs).toEqual([]);
    }),
  );

  test.each<[string, FormData, RegExp]>([
    ["another extension", formOf({ purpose: "fine-tune" }, { filename: "train.json" }), /Must be \.jsonl/u],
    ["a list", formOf({ purpose: "fine-tune" }, { content: "[{}]" }), /Line 1 is not a dictionary/u],
    ["another purpose", formOf({ purpose: "train" }), /is not one of/u],
    ["no purpose", formOf({}), /is not one of/u],
    ["another field", formOf({ purpose: "fine-tune", colour: "red" }), /Unknown form field: 'colour'/u],
    ["another name", formOf({ purpose: "fine-tune" }, { name: "data" }), /'file'/u],
    ["an expiry too soon", formOf({ purpose: "fine-tune", "expires_after[seconds]": "5" }), /expires_after/u],
  ])("a file with %s", (_, form, message) =>
    withFineTuningServer({}, async (server) => {
      const { status, body } = await ask(server, "POST /v1/files", form);
      expect(status).toBe(400);
      expect(body).toMatchObject({ error: { message: expect.stringMatching(message) } });
      expect(server.files).toEqual([]);
    }),
  );

  test.each<[string, number]>([
    ["GET /v1/files/file-x", 404],
    ["DELETE /v1/files/file-x", 404],
    ["GET /v1/files/file-x/content", 404],
    ["GET /v1/fine_tuning/jobs/ftjob-x", 404],
    ["POST /v1/fine_tuning/jobs/ftjob-x/cancel", 404],
    ["POST /v1/uploads/upload_x/cancel", 404],
    ["GET /v1/models/gpt-2", 404],
    ["GET /v1/answers", 404],
    ["PUT /v1/files", 405],
    ["GET /v1/files?limit=0", 400],
    ["GET /v1/files?colour=red", 400],
    ["GET /v1/fine_tuning/jobs?after=ftjob-x", 400],
  ])("%s with %i", (line, status) =>
    withFineTuningServer({}, async (server) => {
      expect((await ask(server, line)).status).toBe(status);
    }),
  );

  test.each([{}, { authorization: "Bearer sk-other" }, { authorization: "sk-test-loopback" }])(
    "the key in %o",
    (headers) =>
      withFineTuningServer({}, async (server) => {
        const { status, body } = await ask(server, "GET /v1/models", undefined, headers);
        expect([status, code(body)]).toEqual([401, "invalid_api_key"]);
        expect(JSON.stringify(server.requests)).not.toContain(server.apiKey);
      }),
  );

  test("a job on a file that is not processed, or is for something else", () =>
    withFineTuningServer({}, async (server) => {
      const { body } = await ask(server, "POST /v1/files", formOf({ purpose: "fine-tune" }));
      const other = await ask(server, "POST /v1/files", formOf({ purpose: "batch" }));
      for (const [file, message] of [
        [idOf(body), "still being processed"],
        [idOf(other.body), "has purpose 'batch'"],
      ]) {
        const answer = await ask(server, "POST /v1/fine_tuning/jobs", { model, training_file: file });
        expect(answer.status).toBe(400);
        expect(JSON.stringify(answer.body)).toContain(message);
      }
    }));

  test("a form that breaks off, or names a field twice", () =>
    withFineTuningServer({}, async (server) => {
      const part = '--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nfine-tune\r\n';
      for (const [body, message] of [
        [part, "breaks off"],
        [`${part}${part}--b--`, "given twice"],
      ]) {
        const response = await fetch(`${server.baseUrl}/files`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${server.apiKey}`,
            "content-type": "multipart/form-data; boundary=b",
          },
          body: body!,
        });
        expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(message!)]);
      }
    }));
});
