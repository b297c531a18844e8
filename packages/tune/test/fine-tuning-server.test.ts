import { createHash } from "node:crypto";
import {
  dropConnection,
  type FineTuningServer,
  type FineTuningServerOptions,
  tooManyRequests,
  withFineTuningServer,
} from "@dpo-kit/testkit";
import OpenAI, { AzureOpenAI, toFile } from "openai";
import { describe, expect, test } from "vitest";

const line = {
  input: { messages: [{ role: "user", content: "Capital of France?" }] },
  preferred_output: [{ role: "assistant", content: "Paris" }],
  non_preferred_output: [{ role: "assistant", content: "Lyon" }],
};
const training = `${JSON.stringify(line)}\n`.repeat(10);
const model = "gpt-4.1-mini-2025-04-14";

function withClient(
  options: FineTuningServerOptions,
  use: (client: OpenAI, server: FineTuningServer) => Promise<void>,
): Promise<void> {
  return withFineTuningServer(options, (server) =>
    use(new OpenAI({ baseURL: server.baseUrl, apiKey: server.apiKey, maxRetries: 0 }), server),
  );
}

async function processedFile(client: OpenAI, content: string = training): Promise<string> {
  const { id } = await client.files.create({
    file: await toFile(Buffer.from(content), "train.jsonl"),
    purpose: "fine-tune",
  });
  await client.files.waitForProcessing(id, { pollInterval: 1 });
  return id;
}

async function ended(client: OpenAI, id: string): Promise<OpenAI.FineTuning.FineTuningJob> {
  const job = await client.fineTuning.jobs.retrieve(id);
  return ["succeeded", "failed", "cancelled"].includes(job.status) ? job : ended(client, id);
}

describe("the official client", () => {
  test("uploads, trains and reads what came of it", () =>
    withClient({}, async (client, server) => {
      const file = await processedFile(client);
      const job = await client.fineTuning.jobs.create({
        model,
        training_file: file,
        validation_file: file,
        suffix: "kind",
        seed: 7,
        metadata: { run: "1" },
        method: { type: "dpo", dpo: { hyperparameters: { beta: 0.1, n_epochs: "auto" } } },
      });
      expect(job).toMatchObject({ status: "validating_files", hyperparameters: {}, seed: 7 });
      const done = await ended(client, job.id);
      expect(done).toMatchObject({
        status: "succeeded",
        error: null,
        method: { dpo: { hyperparameters: { beta: 0.1, n_epochs: 3 } } },
      });
      expect(done.fine_tuned_model).toMatch(/^ft:gpt-4.1-mini-2025-04-14:loopback:kind:/u);
      const messages: string[] = [];
      for await (const event of client.fineTuning.jobs.listEvents(job.id, { limit: 2 })) {
        messages.push(event.message);
      }
      expect(messages).toHaveLength(new Set(messages).size);
      expect(messages[0]).toBe("The job has successfully completed");
      expect(messages.at(-1)).toMatch(/^Created/u);
      const checkpoints = await client.fineTuning.jobs.checkpoints.list(job.id);
      expect(checkpoints.data.map(({ step_number }) => step_number)).toEqual([6, 4, 2]);
      const content = await (await client.files.content(done.result_files[0]!)).text();
      expect(Buffer.from(content, "base64").toString()).toMatch(/^step,train_loss,/u);
      expect(server.files.map(({ purpose }) => purpose)).toEqual(["fine-tune", "fine-tune-results"]);
    }));

  test("uploads in parts, in any order", () =>
    withClient({}, async (client, server) => {
      const bytes = Buffer.from(training);
      const upload = await client.uploads.create({
        filename: "train.jsonl",
        purpose: "fine-tune",
        bytes: bytes.length,
        mime_type: "application/jsonl",
      });
      const add = async (piece: Buffer): Promise<string> =>
        (await client.uploads.parts.create(upload.id, { data: await toFile(piece) })).id;
      const second = await add(bytes.subarray(100));
      const first = await add(bytes.subarray(0, 100));
      const md5 = createHash("md5").update(bytes).digest("hex");
      await expect(client.uploads.complete(upload.id, { part_ids: [second, first], md5 })).rejects.toThrow(
        "md5",
      );
      const whole = await client.uploads.complete(upload.id, { part_ids: [first, second], md5 });
      expect(whole).toMatchObject({ status: "completed", file: { filename: "train.jsonl" } });
      expect(server.files[0]!.content.equals(bytes)).toBe(true);
      await expect(client.uploads.cancel(upload.id)).rejects.toThrow("must be 'pending'");
    }));

  test("tries again when it is told to, and when the connection breaks", () =>
    withFineTuningServer(
      {
        faults: [
          { on: /^GET \/v1\/models$/u, effect: tooManyRequests({ milliseconds: 1 }) },
          { on: /^GET \/v1\/models$/u, effect: dropConnection("during-answer") },
        ],
      },
      async (server) => {
        const client = new OpenAI({ baseURL: server.baseUrl, apiKey: server.apiKey, maxRetries: 1 });
        await expect(client.models.list()).rejects.toThrow();
        const { data } = await client.models.list();
        expect(data.map(({ id }) => id)).toContain(model);
        expect(server.requests.map(({ status }) => status)).toEqual([429, undefined, 200]);
      },
    ));

  test("a job may be there though the client never heard of it", () =>
    withClient(
      { faults: [{ on: /^POST \/v1\/fine_tuning\/jobs$/u, effect: dropConnection("after-request") }] },
      async (client, server) => {
        const file = await processedFile(client);
        await expect(client.fineTuning.jobs.create({ model, training_file: file })).rejects.toThrow(
          OpenAI.APIConnectionError,
        );
        expect(server.jobs).toHaveLength(1);
        expect((await client.fineTuning.jobs.list()).data).toHaveLength(1);
      },
    ));

  test("another key is refused in OpenAI's words", () =>
    withFineTuningServer({}, async (server) => {
      const client = new OpenAI({ baseURL: server.baseUrl, apiKey: "sk-other", maxRetries: 0 });
      await expect(client.models.list()).rejects.toMatchObject({ status: 401, code: "invalid_api_key" });
      expect(server.requests[0]!.headers.authorization).toBe("Bearer sk-o…");
    }));
});

describe("Azure", () => {
  test("lets the key in as its own header and as a bearer, and says pending", () =>
    withFineTuningServer({ provider: "azure" }, async (server) => {
      const client = new OpenAI({ baseURL: server.baseUrl, apiKey: server.apiKey, maxRetries: 0 });
      const file = await processedFile(client);
      const job = await client.fineTuning.jobs.create({
        model,
        training_file: file,
        method: { type: "dpo" },
        ...{ trainingType: "GlobalStandard" },
      });
      expect(job).toMatchObject({ status: "pending", trainingType: "GlobalStandard" });
      const azure = new AzureOpenAI({
        baseURL: server.baseUrl,
        apiKey: server.apiKey,
        apiVersion: "preview",
        maxRetries: 0,
      });
      expect(await azure.fineTuning.jobs.retrieve(job.id)).toMatchObject({ status: "queued" });
      expect(server.requests.at(-1)!.headers["api-key"]).toBe("sk-t…");
    }));

  test("refuses a job on a file that is not yet processed", () =>
    withFineTuningServer({ provider: "azure" }, async (server) => {
      const client = new OpenAI({ baseURL: server.baseUrl, apiKey: server.apiKey, maxRetries: 0 });
      const { id } = await client.files.create({
        file: await toFile(Buffer.from(training), "train.jsonl"),
        purpose: "fine-tune",
      });
      await expect(client.fineTuning.jobs.create({ model, training_file: id })).rejects.toMatchObject({
        status: 400,
        code: "invalidPayload",
      });
    }));
});
