import { type FineTuningServer, type RecordedRequest, withFineTuningServer } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import {
  createFineTuningProvider,
  createJobOnce,
  createMemoryStateStore,
  type JobSettings,
  type TuneContext,
  watchJob,
} from "../src/index.ts";
import { countCovered, readSchemaCheck, realData } from "./openai-schemas.ts";
import { preferenceLines, trainingFile } from "./training-files.ts";

const settings: JobSettings = {
  method: "dpo",
  model: "gpt-4.1-mini-2025-04-14",
  hyperparameters: { beta: 0.1, epochs: "auto", batchSize: 8, learningRateMultiplier: 0.5 },
  suffix: "s",
  seed: 7,
  metadata: { team: "support" },
  wandb: { project: "tuning", tags: ["dpo"] },
};

async function contextOf(
  { baseUrl, apiKey: key }: FineTuningServer,
  fileBytes: number,
): Promise<TuneContext> {
  const sleep = async (): Promise<void> => {};
  const limits = { fileBytes, partBytes: 6000, parallelParts: 3 };
  const provider = await createFineTuningProvider("openai", { key, baseUrl, firstWait: 1, sleep, limits });
  return { provider, store: createMemoryStateStore(), pollInterval: 1, sleep };
}

/** Everything a provider is asked: uploads whole and in parts, a job of each method, its end, and another's. */
async function tune(server: FineTuningServer): Promise<readonly RecordedRequest[]> {
  const training = trainingFile(preferenceLines(400));
  const inParts = await contextOf(server, 1000);
  const { id } = await createJobOnce(inParts, { settings, training });
  for await (const _ of watchJob(inParts, id)) {
    // Until it has ended.
  }
  const { provider } = inParts;
  await provider.checkpoints(id);
  await provider.listJobs().next();
  const whole = await contextOf(server, 1e9);
  const other = await createJobOnce(whole, {
    settings: { method: "dpo", model: settings.model, hyperparameters: {} },
    training: trainingFile(),
  });
  await provider.cancelJob(other.id);
  return server.requests;
}

describe.runIf(realData !== undefined)("what is sent to OpenAI", () => {
  test("fits its published schemas, as do the answers", () =>
    withFineTuningServer({}, async (server) => {
      const requests = await tune(server);
      expect(readSchemaCheck(realData!)(requests)).toEqual([]);
      expect(requests.filter(({ status }) => status !== 200)).toEqual([]);
      expect(countCovered(requests)).toBeGreaterThan(15);
    }));
});

if (realData === undefined) {
  test.skip("what is sent to OpenAI: is not held to its schemas: set DPO_REAL_DATA to a folder that has ../reference/openai-schemas.yaml", () => {});
}
