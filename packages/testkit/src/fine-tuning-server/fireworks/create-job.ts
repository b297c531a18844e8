import { boolean, type Check, number, object, oneOf, text } from "../checks.ts";

const positive: Check = number({ min: 1, isWhole: true });

const training: Record<string, Check> = {
  baseModel: text({ min: 1 }),
  warmStartFrom: text({ min: 1 }),
  outputModel: text({ min: 1 }),
  batchSize: positive,
  batchSizeSamples: positive,
  epochs: positive,
  gradientAccumulationSteps: positive,
  jinjaTemplate: text(),
  learningRate: number({ above: 0 }),
  learningRateWarmupSteps: number({ min: 0, isWhole: true }),
  loraRank: number({ min: 0, isWhole: true }),
  maxContextLength: positive,
  optimizerWeightDecay: number({ min: 0 }),
  region: text({ min: 1 }),
};

const wandbConfig = object(
  {},
  { enabled: boolean, apiKey: text(), project: text(), entity: text(), runId: text() },
);

/** Beta, 0 < beta < 0.5: https://github.com/fw-ai-external/python-sdk, src/fireworks/types/shared/dpo_config.py */
const lossConfig = object(
  {},
  {
    method: oneOf("METHOD_UNSPECIFIED", "GRPO", "DAPO", "DPO", "ORPO", "GSPO_TOKEN"),
    klBeta: number({ min: 0 }),
    dpo: object(
      {},
      {
        beta: number({ above: 0, below: 0.5 }),
        refCacheConcurrency: positive,
        refCacheBatchSize: positive,
      },
    ),
  },
);

/** src/fireworks/types/dpo_job_create_params.py of the same client. */
export const createDpoJobBody: Check = object(
  { dataset: text({ min: 1 }) },
  { displayName: text(), lossConfig, trainingConfig: object({}, training), wandbConfig },
);

/** src/fireworks/types/supervised_fine_tuning_job_create_params.py of the same client. */
export const createSupervisedJobBody: Check = object(
  { dataset: text({ min: 1 }) },
  {
    ...training,
    displayName: text(),
    earlyStop: boolean,
    evalAutoCarveout: boolean,
    evaluationDataset: text({ min: 1 }),
    isTurbo: boolean,
    nodes: positive,
    wandbConfig,
  },
);
