import {
  answerStatus,
  dropConnection,
  type FineTuningFault as Fault,
  type FineTuningServer,
  tooManyRequests,
  withFineTuningServer,
} from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import {
  createFineTuningProvider,
  createJobOnce,
  createMemoryStateStore,
  type Job,
  type JobSettings,
  type ProviderOptions,
  requireSuccess,
  type StateStore,
  type TuneContext,
  type WantedJob,
  watchJob,
} from "../src/index.ts";
import { preferenceLines, trainingFile } from "./training-files.ts";

const model = "gpt-4.1-mini-2025-04-14";
const settings: JobSettings = {
  method: "dpo",
  model,
  hyperparameters: { beta: 0.1, epochs: "auto", batchSize: 8, learningRateMultiplier: 0.5 },
  suffix: "s",
  seed: 7,
  metadata: { team: "support" },
  wandb: { project: "tuning", tags: ["dpo"] },
};
const wanted: WantedJob = { settings, training: trainingFile() };
const quick = { firstWait: 1, sleep: async (): Promise<void> => {} };

async function contextOf(
  server: FineTuningServer,
  options: Partial<ProviderOptions> = {},
  store: StateStore = createMemoryStateStore(),
): Promise<TuneContext> {
  const { baseUrl, apiKey: key } = server;
  const provider = await createFineTuningProvider("openai", { key, baseUrl, ...quick, ...options });
  return { provider, store, pollInterval: 1, sleep: quick.sleep };
}

const uploads = /^POST \/v1\/files$/u;
const creations = /^POST \/v1\/fine_tuning\/jobs$/u;

test("a job is created as the interface documents it, and watched to its end", () =>
  withFineTuningServer({}, async (server) => {
    const context = await contextOf(server);
    const validation = trainingFile(preferenceLines(11), "validation.jsonl");
    const job = await createJobOnce(context, { ...wanted, validation, createKey: () => "k" });
    expect(server.jobs[0]!.request).toEqual({
      model,
      training_file: server.files[0]!.id,
      validation_file: server.files[1]!.id,
      method: {
        type: "dpo",
        dpo: {
          hyperparameters: { beta: 0.1, batch_size: 8, learning_rate_multiplier: 0.5, n_epochs: "auto" },
        },
      },
      suffix: "s",
      seed: 7,
      integrations: [{ type: "wandb", wandb: { project: "tuning", tags: ["dpo"] } }],
      metadata: { team: "support", dpo_kit_job: "k" },
    });
    const updates = [];
    for await (const update of watchJob(context, job.id)) {
      updates.push(update);
    }
    const last = updates.at(-1)!;
    expect(last).toMatchObject({ kind: "job", job: { state: "succeeded" } });
    expect(last.kind === "job" && requireSuccess(last.job)).toMatch(/^ft:gpt-4\.1-mini/u);
    const events = updates.flatMap((update) => (update.kind === "event" ? update.event : []));
    expect(events.map(({ id }) => id)).toEqual(server.jobs[0]!.events.map(({ id }) => id));
    expect(events.filter(({ metrics }) => metrics !== undefined)).toHaveLength(6);
    const { provider } = context;
    expect((await provider.results(job.id)).map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await provider.results(job.id))[0]).toMatchObject({ train_loss: expect.any(Number) });
    expect((await provider.checkpoints(job.id)).length).toBeGreaterThan(0);
  }));

test("a file above the limit goes in parts that are sent beside each other, and is checked by its MD5", () =>
  withFineTuningServer({}, async (server) => {
    const training = trainingFile(preferenceLines(400));
    const limits = { fileBytes: 1000, partBytes: 6000, parallelParts: 3 };
    await createJobOnce(await contextOf(server, { limits }), { ...wanted, training });
    expect(server.count(/\/parts$/u)).toBe(Math.ceil(training.bytes / 6000));
    const complete = server.requests.find(({ path }) => path.endsWith("/complete"))!;
    expect(complete.body).toMatchObject({ md5: training.md5 });
    expect(Buffer.compare(server.files[0]!.content, Buffer.from(preferenceLines(400)))).toBe(0);
  }));

test("an upload in parts that was interrupted goes on from its last part", () =>
  withFineTuningServer(
    { faults: [{ on: /\/parts/u, after: 4, effect: answerStatus(401) }] },
    async (server) => {
      const training = trainingFile(preferenceLines(400));
      const limits = { fileBytes: 1000, partBytes: 6000, parallelParts: 1 };
      const store = createMemoryStateStore();
      await expect(
        createJobOnce(await contextOf(server, { limits }, store), { ...wanted, training }),
      ).rejects.toMatchObject({
        code: "TUNE_NOT_AUTHORISED",
      });
      await createJobOnce(await contextOf(server, { limits }, store), { ...wanted, training });
      expect(server.uploads).toHaveLength(1);
      const parts = Math.ceil(training.bytes / 6000);
      expect(server.count(/\/parts$/u)).toBe(parts + 1);
    },
  ));

test("an upload in parts that has expired is begun again", () =>
  withFineTuningServer(
    { faults: [{ on: /\/parts/u, after: 4, effect: answerStatus(401) }] },
    async (server) => {
      const training = trainingFile(preferenceLines(400));
      const limits = { fileBytes: 1000, partBytes: 6000, parallelParts: 2 };
      const store = createMemoryStateStore();
      const create = async (): Promise<Job> =>
        createJobOnce(await contextOf(server, { limits }, store), { ...wanted, training });
      await expect(create()).rejects.toMatchObject({ code: "TUNE_NOT_AUTHORISED" });
      server.passTime(4000);
      await create();
      expect(server.uploads).toHaveLength(2);
      expect(server.files).toHaveLength(1);
    },
  ));

describe("nothing is done twice", () => {
  test.each<[string, Fault]>([
    [
      "an upload whose answer was lost",
      { on: /^POST \/v1\/files/u, effect: dropConnection("after-request") },
    ],
    [
      "an upload whose answer broke off",
      { on: /^POST \/v1\/files/u, effect: dropConnection("during-answer") },
    ],
    ["an upload whose answer is broken", { on: /^POST \/v1\/files/u, effect: { kind: "malformed" } }],
    ["a job whose answer was lost", { on: creations, effect: dropConnection("after-request") }],
    ["a job whose answer broke off", { on: creations, effect: dropConnection("during-answer") }],
    ["a job whose answer is broken", { on: creations, effect: { kind: "malformed" } }],
    ["a job whose answer never ends", { on: creations, effect: { kind: "stall" } }],
  ])("%s", (_, fault) =>
    withFineTuningServer({ faults: [fault] }, async (server) => {
      const job = await createJobOnce(await contextOf(server, { answerTimeout: 300 }), wanted);
      expect(server.jobs.map(({ id }) => id)).toEqual([job.id]);
      expect(server.files).toHaveLength(1);
    }),
  );

  test("the same command again is the same job; --force-new is another one of the same upload", () =>
    withFineTuningServer({}, async (server) => {
      const context = await contextOf(server);
      const first = await createJobOnce(context, wanted);
      expect((await createJobOnce(context, wanted)).id).toBe(first.id);
      const other = await createJobOnce(context, { ...wanted, forceNew: true });
      expect(other.id).not.toBe(first.id);
      expect((await createJobOnce(context, wanted)).id).toBe(other.id);
      expect(server.jobs).toHaveLength(2);
      expect(server.count(uploads)).toBe(1);
    }));

  test("other settings are another job of the same upload", () =>
    withFineTuningServer({}, async (server) => {
      const context = await contextOf(server);
      await createJobOnce(context, wanted);
      await createJobOnce(context, { ...wanted, settings: { ...settings, seed: 8 } });
      expect(server.jobs).toHaveLength(2);
      expect(server.count(uploads)).toBe(1);
    }));

  test("a file that was deleted there is sent again", () =>
    withFineTuningServer({}, async (server) => {
      const context = await contextOf(server);
      await createJobOnce(context, wanted);
      server.files[0]!.isDeleted = true;
      await createJobOnce(context, { ...wanted, forceNew: true });
      expect(server.count(uploads)).toBe(2);
    }));
});

describe("passing failures are waited for", () => {
  const everywhere = [uploads, /^GET \/v1\/files/u, creations];
  const failures = [
    answerStatus(500),
    answerStatus(503),
    tooManyRequests({ seconds: 0 }),
    dropConnection("before-body"),
    dropConnection("during-body"),
  ];
  test.each(everywhere.flatMap((on) => failures.map((effect) => ({ on, effect }))))("%j", ({ on, effect }) =>
    withFineTuningServer({ faults: [{ on, times: 2, effect }] }, async (server) => {
      await createJobOnce(await contextOf(server), wanted);
      expect(server.jobs).toHaveLength(1);
      expect(server.files).toHaveLength(1);
    }),
  );

  test("as long as the server says", () =>
    withFineTuningServer(
      { faults: [{ on: uploads, effect: tooManyRequests({ seconds: 7 }) }] },
      async (server) => {
        const waits: number[] = [];
        const sleep = async (milliseconds: number): Promise<void> => {
          waits.push(milliseconds);
        };
        await createJobOnce(await contextOf(server, { sleep }), wanted);
        expect(waits).toEqual([7000]);
      },
    ));

  test("but not for ever", () =>
    withFineTuningServer(
      { faults: [{ on: uploads, times: 99, effect: answerStatus(500) }] },
      async (server) => {
        const context = await contextOf(server, { retries: 2 });
        await expect(createJobOnce(context, wanted)).rejects.toMatchObject({
          code: "TUNE_UNREACHABLE",
          message: expect.stringContaining("tried 3 times"),
        });
        expect(server.count(uploads)).toBe(3);
      },
    ));
});

describe("what fails", () => {
  test("a wrong key is refused at once, and is not shown", () =>
    withFineTuningServer({}, async (server) => {
      const context = await contextOf(server, { key: "sk-wrong-key-of-mine" });
      const error = await createJobOnce(context, wanted).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "TUNE_NOT_AUTHORISED" });
      expect(String((error as Error).message)).not.toContain("wrong-key");
      expect(server.requests).toHaveLength(1);
    }));

  test("a file that the provider refuses", () =>
    withFineTuningServer({ files: [{ error: "line 3 is no object" }] }, async (server) => {
      await expect(createJobOnce(await contextOf(server), wanted)).rejects.toMatchObject({
        code: "TUNE_FILE_REFUSED",
        message: expect.stringContaining("line 3 is no object"),
      });
      expect(server.jobs).toHaveLength(0);
    }));

  test("a job that fails", () =>
    withFineTuningServer(
      { jobs: [{ fails: { code: "invalid_training_file", message: "Example 3 is wrong" } }] },
      async (server) => {
        const context = await contextOf(server);
        const { id } = await createJobOnce(context, wanted);
        const ended: Job[] = [];
        for await (const update of watchJob(context, id)) {
          ended.push(...(update.kind === "job" ? [update.job] : []));
        }
        expect(() => requireSuccess(ended.at(-1)!)).toThrow("invalid_training_file: Example 3 is wrong");
      },
    ));

  test("a job that is refused", () =>
    withFineTuningServer({}, async (server) => {
      const other = { ...wanted, settings: { ...settings, model: "gpt-none" } };
      await expect(createJobOnce(await contextOf(server), other)).rejects.toMatchObject({
        code: expect.stringMatching(/^TUNE_(?:REQUEST_REFUSED|NOT_FOUND)$/u),
      });
      expect(server.count(creations)).toBe(1);
    }));
});

test("lists are read page by page", () =>
  withFineTuningServer({}, async (server) => {
    const context = await contextOf(server);
    for (let index = 0; index < 60; index += 1) {
      await createJobOnce(context, { ...wanted, settings: { ...settings, seed: index } });
    }
    const ids = [];
    for await (const { id } of context.provider.listJobs()) {
      ids.push(id);
    }
    expect(ids).toEqual(server.jobs.map(({ id }) => id).reverse());
  }));
