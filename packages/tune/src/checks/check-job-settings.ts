import { createIssue, type Issue } from "@dpo-kit/schema";
import type { Hyperparameters, JobSettings, WandbProject } from "../job-request.ts";
import { type ProviderId, providerTitles } from "../provider-id.ts";

/** Where OpenAI's ranges are written down: schema FineTuneDPOHyperparameters and CreateFineTuningJobRequest. */
export const settingsSource = "https://github.com/openai/openai-openapi";

/** The metadata key that {@link JobRequest.key} is sent under. */
export const JOB_KEY = "dpo_kit_job";

const MOST_METADATA = 16;
const LONGEST_METADATA_KEY = 64;
const LONGEST_METADATA_VALUE = 512;
const LARGEST_SEED = 2_147_483_647;

/**
 * Checks every setting of a job against the ranges that its provider documents ({@link settingsSource};
 * https://learn.microsoft.com/azure/ai-foundry/openai/how-to/fine-tuning for suffixes at Azure), and that the provider
 * has it at all.
 */
export function checkJobSettings(settings: JobSettings, provider: ProviderId): Issue[] {
  const report = new SettingReport(provider);
  checkModel(settings, report);
  checkHyperparameters(settings.hyperparameters, settings.method, report);
  checkSuffix(settings.suffix, report);
  checkSeed(settings.seed, report);
  checkMetadata(settings.metadata, report);
  checkWandb(settings.wandb, report);
  return report.issues;
}

/** Gathers issues of settings, each with the flag it is given by. */
class SettingReport {
  readonly issues: Issue[] = [];
  readonly provider: ProviderId;

  constructor(provider: ProviderId) {
    this.provider = provider;
  }

  /** Whether the provider speaks OpenAI's protocol. */
  get isOpenAi(): boolean {
    return this.provider === "openai" || this.provider === "azure" || this.provider === "compatible";
  }

  range(flag: string, found: unknown, expected: string): void {
    this.issues.push(
      createIssue("TUNE_SETTING_INVALID", {
        location: { source: `--${flag}` },
        message: `--${flag} must be ${expected}`,
        found,
        target: this.provider,
      }),
    );
  }

  unsupported(flag: string, hint: string): void {
    this.issues.push(
      createIssue("TUNE_SETTING_UNSUPPORTED", {
        location: { source: `--${flag}` },
        message: `${providerTitles[this.provider]} takes no --${flag}`,
        hint,
        target: this.provider,
      }),
    );
  }
}

function checkModel({ model }: JobSettings, report: SettingReport): void {
  if (model.trim() === "") {
    report.range("model", model, "the name of a model");
  }
}

function checkHyperparameters(
  { beta, epochs, batchSize, learningRateMultiplier, learningRate }: Hyperparameters,
  method: JobSettings["method"],
  report: SettingReport,
): void {
  if (isNumber(beta) && !(beta > 0 && beta <= 2)) {
    report.range("beta", beta, "auto, or above 0 and at most 2");
  }
  // https://github.com/fw-ai-external/python-sdk, src/fireworks/types/shared/dpo_config.py
  if (isNumber(beta) && beta >= 0.5 && report.provider === "fireworks") {
    report.range("beta", beta, "auto, or above 0 and below 0.5 at Fireworks");
  }
  if (beta !== undefined && method === "supervised") {
    report.unsupported("beta", "It belongs to DPO; this is a supervised job.");
  }
  if (isNumber(epochs) && !isWhole(epochs, 1, 50)) {
    report.range("epochs", epochs, "auto, or a whole number from 1 to 50");
  }
  if (isNumber(batchSize) && !isWhole(batchSize, 1, 256)) {
    report.range("batch-size", batchSize, "auto, or a whole number from 1 to 256");
  }
  checkLearningRate(learningRateMultiplier, learningRate, report);
}

function checkLearningRate(
  multiplier: Hyperparameters["learningRateMultiplier"],
  rate: number | undefined,
  report: SettingReport,
): void {
  if (isNumber(multiplier) && !(multiplier > 0 && Number.isFinite(multiplier))) {
    report.range("learning-rate-multiplier", multiplier, "auto, or above 0");
  }
  if (isNumber(multiplier) && !report.isOpenAi) {
    report.unsupported("learning-rate-multiplier", "Give the rate itself: --learning-rate 0.00001");
  }
  if (rate !== undefined && !(rate > 0 && rate < 1)) {
    report.range("learning-rate", rate, "above 0 and below 1");
  }
  if (rate !== undefined && report.isOpenAi) {
    report.unsupported("learning-rate", "Give a multiple of its own rate: --learning-rate-multiplier 2");
  }
}

function checkSuffix(suffix: string | undefined, report: SettingReport): void {
  if (suffix === undefined) {
    return;
  }
  const longest = report.provider === "together" ? 40 : 64;
  const { length } = [...suffix];
  if (length < 1 || length > longest) {
    report.range("suffix", suffix, `1 to ${longest} characters`);
  }
  if (report.provider === "azure" && suffix.includes(".")) {
    report.range("suffix", suffix, "without dots at Azure");
  }
}

function checkSeed(seed: number | undefined, report: SettingReport): void {
  if (seed === undefined) {
    return;
  }
  if (!isWhole(seed, 0, LARGEST_SEED)) {
    report.range("seed", seed, `a whole number from 0 to ${LARGEST_SEED}`);
  }
  if (!report.isOpenAi) {
    report.unsupported("seed", "Leave it out: the provider draws its own.");
  }
}

function checkMetadata(metadata: JobSettings["metadata"], report: SettingReport): void {
  const pairs = Object.entries(metadata ?? {});
  if (pairs.length > 0 && !report.isOpenAi) {
    report.unsupported("metadata", "Leave it out.");
  }
  // One of the pairs that the API takes is our own.
  if (pairs.length > MOST_METADATA - 1) {
    report.range("metadata", pairs.length, `at most ${MOST_METADATA - 1} pairs; dpo-kit adds one`);
  }
  for (const [key, value] of pairs) {
    if (key === "" || key === JOB_KEY || key.length > LONGEST_METADATA_KEY) {
      report.range("metadata", key, `keys of 1 to ${LONGEST_METADATA_KEY} characters, and not ${JOB_KEY}`);
    }
    if (value.length > LONGEST_METADATA_VALUE) {
      report.range("metadata", value, `values of at most ${LONGEST_METADATA_VALUE} characters`);
    }
  }
}

function checkWandb(wandb: WandbProject | undefined, report: SettingReport): void {
  if (wandb === undefined) {
    return;
  }
  if (wandb.project.trim() === "") {
    report.range("wandb", wandb.project, "the name of a project");
  }
  if (!report.isOpenAi) {
    report.unsupported("wandb", "It would need your key of Weights & Biases, which dpo-kit does not send.");
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
