import { describe, expect, test } from "vitest";
import type { FineTuningServer } from "./server-options.ts";
import { ask, chatLines, formOf, preferenceLines } from "./test-client.ts";
import { withFineTuningServer } from "./with-fine-tuning-server.ts";

const get = async (server: FineTuningServer, path: string): Promise<Record<string, unknown>> =>
  (await ask(server, `GET ${path}`)).body as Record<string, unknown>;

describe("Together", () => {
  const model = "Qwen/Qwen3-8B";
  const fields = { purpose: "fine-tune", file_name: "train.jsonl", file_type: "jsonl" };

  test("a file is announced, put to a signed address, and looked at", () =>
    withFineTuningServer({ provider: "together" }, async (server) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) {
        form.append(name, value);
      }
      const announced = await ask(server, "POST /v1/files", form);
      const id = announced.headers.get("x-together-file-id")!;
      expect(announced.status).toBe(302);
      const location = announced.headers.get("location")!;
      const put = (headers: Record<string, string>): Promise<Response> =>
        fetch(location, { method: "PUT", body: preferenceLines(1), headers });
      expect((await put({ authorization: `Bearer ${server.apiKey}` })).status).toBe(400);
      expect((await put({})).status).toBe(200);
      expect((await put({})).status).toBe(403);
      const seen = await ask(server, `POST /v1/files/${id}/preprocess`);
      expect(seen.body).toMatchObject({ id, Processed: false, processing_status: "PROCESSING" });
      expect(await get(server, `/v1/files/${id}`)).toMatchObject({
        processing_status: "COMPLETED",
        validation_report: { valid: true, dataset_format: "preference_openai", nlines: 1 },
      });
    }));

  test("a file that is wrong is found out by the server", () =>
    withFineTuningServer({ provider: "together" }, async (server) => {
      const content = `${preferenceLines(1)}{"input":{"messages":[]}}\n`;
      const { body } = await ask(server, "POST /v1/files/upload", formOf(fields, { content }));
      const { id } = body as { id: string };
      expect(await get(server, `/v1/files/${id}`)).toMatchObject({
        processing_status: "INVALID_FORMAT",
        validation_report: { valid: false, error: "Line 2 is missing key 'preferred_output'" },
      });
      const job = await ask(server, "POST /v1/fine-tunes", { model, training_file: id });
      expect(job.status).toBe(400);
    }));

  test("a job trains, tells, and is where the next begins", () =>
    withFineTuningServer({ provider: "together", jobs: [{ steps: 2 }] }, async (server) => {
      const { body } = await ask(server, "POST /v1/files/upload", formOf(fields));
      const training_file = (body as { id: string }).id;
      server.advance(training_file);
      const create = (more: object): ReturnType<typeof ask> =>
        ask(server, "POST /v1/fine-tunes", { model, training_file, ...more });
      const dpo = (more: object): object => ({ training_method: { method: "dpo", ...more } });
      for (const wrong of [
        { suffix: "a".repeat(41) },
        dpo({ dpo_beta: 0 }),
        dpo({ beta: 0.1 }),
        { n_evals: 1 },
        { validation_file: null },
        { training_type: { type: "Lora" } },
      ]) {
        expect((await create(wrong)).status).toBe(400);
      }
      const job = await create({ ...dpo({ dpo_beta: 0.2 }), suffix: "kind" });
      expect(job.body).toMatchObject({ status: "pending", training_method: { dpo_beta: 0.2 } });
      const { id, outputModel } = server.jobs[0]!;
      const path = `/v1/fine-tunes/${id}`;
      expect(await get(server, path)).toMatchObject({ status: "queued" });
      server.finish(id);
      expect(await get(server, path)).toMatchObject({ status: "completed", model_output_name: outputModel });
      const { data } = (await get(server, `${path}/events`)) as { data: { type: string }[] };
      expect([data[0]!.type, data.at(-1)!.type]).toEqual(["job_pending", "job_complete"]);
      expect((await get(server, `${path}/metrics`)).metrics).toHaveLength(2);
      expect((await get(server, `${path}/checkpoints`)).data).toMatchObject([{ step: 2 }]);
      expect((await create({ model: undefined, from_checkpoint: `${id}:2` })).status).toBe(200);
      expect((await ask(server, `POST /v1/fine-tunes/${server.jobs[1]!.id}/cancel`)).body).toMatchObject({
        status: "cancel_requested",
      });
      expect((await get(server, "/v1/fine-tunes")).data).toHaveLength(2);
    }));
});

describe("Fireworks", () => {
  const root = "/v1/accounts/loopback";
  const baseModel = "accounts/fireworks/models/qwen3-8b";
  const create = (server: FineTuningServer, datasetId: string): ReturnType<typeof ask> =>
    ask(server, `POST ${root}/datasets`, { datasetId, dataset: { userUploaded: {} } });

  async function readyDataset(server: FineTuningServer, id: string, content: string): Promise<string> {
    await create(server, id);
    await ask(server, `POST ${root}/datasets/${id}:upload`, formOf({}, { content }));
    return (await get(server, `${root}/datasets/${id}`)).name as string;
  }

  test("a dataset is created once, and filled once", () =>
    withFineTuningServer({ provider: "fireworks" }, async (server) => {
      expect((await create(server, "pairs")).body).toMatchObject({ state: "UPLOADING" });
      expect((await create(server, "pairs")).status).toBe(409);
      expect((await create(server, "Pairs")).status).toBe(400);
      const line = `POST ${root}/datasets/pairs:upload`;
      expect((await ask(server, line, formOf({ purpose: "fine-tune" }))).status).toBe(400);
      expect((await ask(server, line, formOf({}))).status).toBe(200);
      expect((await ask(server, line, formOf({}))).body).toMatchObject({ code: 9, details: [] });
      expect(await get(server, `${root}/datasets/pairs`)).toMatchObject({
        state: "READY",
        exampleCount: "10",
      });
      expect((await ask(server, "GET /v1/accounts/other/datasets")).status).toBe(403);
    }));

  test("a dataset is put to a signed address", () =>
    withFineTuningServer({ provider: "fireworks" }, async (server) => {
      await create(server, "pairs");
      const line = `POST ${root}/datasets/pairs`;
      const { body } = await ask(server, `${line}:getUploadEndpoint`, {
        filenameToSize: { "a.jsonl": "10" },
      });
      const address = (body as { filenameToSignedUrls: Record<string, string> }).filenameToSignedUrls[
        "a.jsonl"
      ]!;
      expect((await ask(server, `${line}:validateUpload`, {})).status).toBe(400);
      expect((await fetch(address, { method: "PUT", body: preferenceLines(3) })).status).toBe(200);
      expect((await ask(server, `${line}:validateUpload`, {})).status).toBe(200);
    }));

  test("a DPO job begins with the model of a supervised one", () =>
    withFineTuningServer({ provider: "fireworks" }, async (server) => {
      const chats = await readyDataset(server, "chats", chatLines(3));
      const pairs = await readyDataset(server, "pairs", preferenceLines(3));
      const supervised = `${root}/supervisedFineTuningJobs`;
      const path = `POST ${supervised}?supervisedFineTuningJobId=first`;
      await ask(server, path, { dataset: chats, baseModel, outputModel: "tuned" });
      const createDpo = (trainingConfig: object): ReturnType<typeof ask> =>
        ask(server, `POST ${root}/dpoJobs?dpoJobId=second`, { dataset: pairs, trainingConfig });
      const warmStartFrom = "accounts/loopback/models/tuned";
      expect((await createDpo({ warmStartFrom })).status).toBe(404);
      server.finish("first");
      expect(await get(server, `${supervised}/first`)).toMatchObject({ state: "JOB_STATE_COMPLETED" });
      expect((await createDpo({ warmStartFrom, baseModel })).status).toBe(400);
      expect((await createDpo({})).status).toBe(400);
      expect((await createDpo({ warmStartFrom })).status).toBe(200);
      expect((await createDpo({ warmStartFrom })).status).toBe(409);
      expect(server.jobs.map(({ method }) => method)).toEqual(["supervised", "dpo"]);
    }));

  test("a DPO job's numbers, metrics and end", () =>
    withFineTuningServer({ provider: "fireworks" }, async (server) => {
      const dataset = await readyDataset(server, "pairs", preferenceLines(3));
      const createDpo = (beta: number): ReturnType<typeof ask> =>
        ask(server, `POST ${root}/dpoJobs?dpoJobId=kind`, {
          dataset,
          trainingConfig: { baseModel, outputModel: "kind" },
          lossConfig: { method: "DPO", dpo: { beta } },
        });
      expect((await createDpo(0.5)).body).toMatchObject({ code: 3 });
      expect((await createDpo(0.1)).body).toMatchObject({
        name: "accounts/loopback/dpoJobs/kind",
        state: "JOB_STATE_VALIDATING",
      });
      expect(await get(server, `${root}/dpoJobs/kind:getMetricsFileEndpoint`)).toEqual({});
      server.finish("kind");
      expect(await get(server, `${root}/dpoJobs/kind`)).toMatchObject({
        state: "JOB_STATE_COMPLETED",
        trainingConfig: { outputModel: "accounts/loopback/models/kind" },
      });
      const { signedUrl } = await get(server, `${root}/dpoJobs/kind:getMetricsFileEndpoint`);
      expect(await (await fetch(signedUrl as string)).text()).toMatch(/^step,/u);
      expect(await get(server, `${root}/dpoJobs?pageSize=1`)).toMatchObject({
        nextPageToken: "",
        totalSize: 1,
      });
      expect((await ask(server, `POST ${root}/dpoJobs/kind:cancel`)).body).toMatchObject({ code: 9 });
    }));

  test("another key is refused", () =>
    withFineTuningServer({ provider: "fireworks" }, async (server) => {
      const { status, body } = await ask(server, `GET ${root}/dpoJobs`, undefined, {
        authorization: "Bearer x",
      });
      expect([status, body]).toMatchObject([401, { code: 16 }]);
    }));
});
