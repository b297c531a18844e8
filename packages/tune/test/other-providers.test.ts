import {
  answerStatus,
  dropConnection,
  type FineTuningFault as Fault,
  type FineTuningServer,
  withFineTuningServer,
} from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import {
  createFineTuningProvider,
  createJobOnce,
  createMemoryStateStore,
  type Job,
  type JobSettings,
  type ProviderId,
  requireSuccess,
  type TuneContext,
  type WantedJob,
  watchJob,
} from "../src/index.ts";
import { preferenceLines, trainingFile } from "./training-files.ts";

type Other = "azure" | "together" | "fireworks";
const models: Record<Other, string> = {
  azure: "gpt-4.1-mini-2025-04-14",
  together: "Qwen/Qwen3-8B",
  fireworks: "accounts/fireworks/models/qwen3-8b",
};

async function contextOf(provider: ProviderId, server: FineTuningServer): Promise<TuneContext> {
  const options = {
    key: server.apiKey,
    baseUrl: server.baseUrl,
    account: "loopback",
    firstWait: 1,
    sleep: async () => {},
  };
  return {
    provider: await createFineTuningProvider(provider, options),
    store: createMemoryStateStore(),
    pollInterval: 1,
    sleep: options.sleep,
  };
}

async function follow(context: TuneContext, { id }: Job): Promise<Job> {
  let ended: Job | undefined;
  for await (const update of watchJob(context, id)) {
    ended = update.kind === "job" ? update.job : ended;
  }
  return ended!;
}

const creation = /^POST .*(?:jobs|fine-tunes|dpoJobs)(?:\?|$)/u;
const upload: Record<Other, RegExp> = {
  azure: /^POST \/openai\/v1\/files/u,
  together: /^PUT /u,
  fireworks: /^POST .*:upload/u,
};

describe.each<Other>(["azure", "together", "fireworks"])("%s", (provider) => {
  const model = models[provider];
  const settings: JobSettings = {
    method: "dpo",
    model,
    hyperparameters: { beta: 0.1, epochs: 2 },
    suffix: "s",
  };
  const wanted: WantedJob = { settings, training: trainingFile(), createKey: () => "KEY_1" };

  test("a job from its files to its model", () =>
    withFineTuningServer({ provider }, async (server) => {
      const context = await contextOf(provider, server);
      const job = await createJobOnce(context, wanted);
      const ended = await follow(context, job);
      expect(requireSuccess(ended)).not.toBe(model);
      expect(ended).toMatchObject({ method: "dpo", id: server.jobs[0]!.id });
      const rows = await context.provider.results(job.id);
      expect(rows.at(-1)).toMatchObject({ step: 6, train_loss: expect.any(Number) });
      const listed = [];
      for await (const each of context.provider.listJobs()) {
        listed.push(each.id);
      }
      expect(listed).toEqual([job.id]);
    }));

  test("a supervised job, and a DPO job from its model", () =>
    withFineTuningServer({ provider }, async (server) => {
      const context = await contextOf(provider, server);
      const lines = Array.from({ length: 10 }, () =>
        JSON.stringify({
          messages: [
            { role: "user", content: "Q" },
            { role: "assistant", content: "A" },
          ],
        }),
      );
      const first = await createJobOnce(context, {
        settings: { method: "supervised", model, hyperparameters: {} },
        training: trainingFile(`${lines.join("\n")}\n`, "sft.jsonl"),
        createKey: () => "sft",
      });
      const tuned = requireSuccess(await follow(context, first));
      const second = await createJobOnce(context, {
        ...wanted,
        settings: { ...settings, model: tuned, isFineTuned: true },
      });
      expect(requireSuccess(await follow(context, second))).not.toBe(tuned);
    }));

  test.each<[string, Fault]>([
    ["an upload whose answer was lost", { on: upload[provider], effect: dropConnection("after-request") }],
    ["an upload that broke off", { on: upload[provider], effect: dropConnection("during-body") }],
    ["a job whose answer was lost", { on: creation, effect: dropConnection("after-request") }],
    ["a job that was answered with 500", { on: creation, times: 2, effect: answerStatus(500) }],
  ])("%s is not made twice", (_, fault) =>
    withFineTuningServer({ provider, faults: [fault] }, async (server) => {
      const context = await contextOf(provider, server);
      const job = await createJobOnce(context, wanted);
      expect((await createJobOnce(context, wanted)).id).toBe(job.id);
      expect(server.jobs.map(({ id }) => id)).toEqual([job.id]);
      expect(server.files).toHaveLength(1);
      expect(server.faults).toHaveLength(0);
    }),
  );

  test("a job that fails, and one that is cancelled", () =>
    withFineTuningServer(
      { provider, jobs: [{ fails: { code: "invalid_training_file", message: "Example 3 is wrong" } }] },
      async (server) => {
        const context = await contextOf(provider, server);
        const failed = await follow(context, await createJobOnce(context, wanted));
        expect(failed.state).toBe("failed");
        expect(failed.error?.message).toContain("Example 3 is wrong");
        const next = await createJobOnce(context, { ...wanted, forceNew: true, createKey: () => "KEY_2" });
        await context.provider.cancelJob(next.id);
        expect((await follow(context, next)).state).toBe("cancelled");
      },
    ));

  test("a file that is refused", () =>
    withFineTuningServer({ provider, files: [{ error: "line 3 is no object" }] }, async (server) => {
      const context = await contextOf(provider, server);
      await expect(createJobOnce(context, wanted)).rejects.toMatchObject({
        code: "TUNE_FILE_REFUSED",
        message: expect.stringContaining("line 3 is no object"),
      });
      expect(server.jobs).toEqual([]);
    }));

  test("what --dry-run shows is what is sent, without the key", () =>
    withFineTuningServer({ provider }, async (server) => {
      const context = await contextOf(provider, server);
      const training = trainingFile(preferenceLines(10));
      const shown = context.provider.describe([training], { ...settings, trainingFile: "file", key: "K" });
      expect(JSON.stringify(shown)).not.toContain(server.apiKey);
      expect(server.requests).toEqual([]);
      const { id } = await createJobOnce(context, { ...wanted, createKey: () => "K" });
      const sent = server.jobs.find((job) => job.id === id)!.request as Record<string, unknown>;
      const body = shown.at(-1)!.body as Record<string, unknown>;
      expect({ ...body, training_file: 0, dataset: 0 }).toEqual({ ...sent, training_file: 0, dataset: 0 });
    }));
});

test("Fireworks is told beta where its client puts it", () =>
  withFineTuningServer({ provider: "fireworks" }, async (server) => {
    const context = await contextOf("fireworks", server);
    await createJobOnce(context, {
      settings: { method: "dpo", model: models.fireworks, hyperparameters: { beta: 0.1 } },
      training: trainingFile(),
    });
    expect(server.jobs[0]!.request).toMatchObject({ lossConfig: { method: "DPO", dpo: { beta: 0.1 } } });
  }));

test("of a large file, Fireworks' dry run shows the way by a signed address", async () => {
  const provider = await createFineTuningProvider("fireworks", { key: "k", account: "a" });
  const large = { ...trainingFile(), bytes: 150_000_001 };
  const settings: JobSettings = { method: "dpo", model: models.fireworks, hyperparameters: {} };
  const shown = provider.describe([large], { ...settings, trainingFile: "f", key: "K" });
  const ways = shown.map(({ method, url }) => `${method} ${/:\w+$|\[.*\]$/u.exec(url)?.[0] ?? ""}`.trim());
  expect(ways).toEqual([
    "POST",
    "POST :getUploadEndpoint",
    "PUT [signed address]",
    "POST :validateUpload",
    "POST",
  ]);
});

test("the settings of a supervised job at Fireworks are its settings only", () =>
  withFineTuningServer({ provider: "fireworks" }, async (server) => {
    const context = await contextOf("fireworks", server);
    const line = JSON.stringify({
      messages: [
        { role: "user", content: "Q" },
        { role: "assistant", content: "A" },
      ],
    });
    const job = await createJobOnce(context, {
      settings: { method: "supervised", model: models.fireworks, hyperparameters: { epochs: 2 } },
      training: trainingFile(`${line}\n`.repeat(10), "sft.jsonl"),
    });
    expect(job.hyperparameters).toEqual({ epochs: 2 });
  }));

test("Azure with a dated version of the API", () =>
  withFineTuningServer({ provider: "azure" }, async (server) => {
    const provider = await createFineTuningProvider("azure", {
      key: server.apiKey,
      baseUrl: server.origin,
      apiVersion: "2025-04-01-preview",
    });
    expect(provider.endpoint).toBe(`${server.origin}/openai`);
    const current = await createFineTuningProvider("azure", { key: "k", baseUrl: server.origin });
    expect(current.endpoint).toBe(`${server.origin}/openai/v1`);
  }));
