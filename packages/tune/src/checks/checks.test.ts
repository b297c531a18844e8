import { describe, expect, test } from "vitest";
import type { JobSettings } from "../job-request.ts";
import type { ProviderId } from "../provider-id.ts";
import { checkEndDates } from "./check-end-dates.ts";
import { checkJobSettings } from "./check-job-settings.ts";
import { requireValidSettings } from "./require-valid.ts";

const plain: JobSettings = { method: "dpo", model: "m", hyperparameters: {} };

function flagsOf(more: Partial<JobSettings>, provider: ProviderId = "openai"): string[] {
  return checkJobSettings({ ...plain, ...more }, provider).map(({ location }) => location.source);
}

describe("ranges", () => {
  test.each([
    ["beta", [1e-9, 0.1, 2], [0, -1, 2.0001, Number.NaN]],
    ["epochs", [1, 50], [0, 51, 1.5]],
    ["batchSize", [1, 256], [0, 257, 0.5]],
    ["learningRateMultiplier", [1e-9, 1000], [0, -1, Number.POSITIVE_INFINITY]],
  ] as const)("%s", (name, good, bad) => {
    for (const value of [...good, "auto"]) {
      expect(flagsOf({ hyperparameters: { [name]: value } }), `${value}`).toEqual([]);
    }
    for (const value of bad) {
      expect(flagsOf({ hyperparameters: { [name]: value } }), `${value}`).toHaveLength(1);
    }
  });

  test.each<[string, Partial<JobSettings>, ProviderId, number]>([
    ["a model without a name", { model: " " }, "openai", 1],
    ["a suffix of 64 characters", { suffix: "x".repeat(64) }, "openai", 0],
    ["a suffix of 65", { suffix: "x".repeat(65) }, "openai", 1],
    ["an empty suffix", { suffix: "" }, "openai", 1],
    ["a suffix with a dot", { suffix: "v1.2" }, "openai", 0],
    ["a suffix with a dot at Azure", { suffix: "v1.2" }, "azure", 1],
    ["a suffix of 41 at Together", { suffix: "x".repeat(41) }, "together", 1],
    ["the smallest seed", { seed: 0 }, "openai", 0],
    ["the largest seed", { seed: 2_147_483_647 }, "openai", 0],
    ["a larger seed", { seed: 2_147_483_648 }, "openai", 1],
    ["a seed that is no whole number", { seed: 1.5 }, "openai", 1],
    ["15 pairs of metadata", { metadata: pairs(15) }, "openai", 0],
    ["16 pairs, with ours 17", { metadata: pairs(16) }, "openai", 1],
    ["a key of 65", { metadata: { ["k".repeat(65)]: "v" } }, "openai", 1],
    ["an empty key", { metadata: { "": "v" } }, "openai", 1],
    ["our own key", { metadata: { dpo_kit_job: "v" } }, "openai", 1],
    ["a value of 512", { metadata: { k: "v".repeat(512) } }, "openai", 0],
    ["a value of 513", { metadata: { k: "v".repeat(513) } }, "openai", 1],
    ["a project without a name", { wandb: { project: "" } }, "openai", 1],
    ["beta in a supervised job", { method: "supervised", hyperparameters: { beta: 0.1 } }, "openai", 1],
    ["a learning rate at OpenAI", { hyperparameters: { learningRate: 0.1 } }, "openai", 1],
    ["a learning rate at Together", { hyperparameters: { learningRate: 0.1 } }, "together", 0],
    ["a learning rate of 0", { hyperparameters: { learningRate: 0 } }, "fireworks", 1],
    ["a multiplier at Together", { hyperparameters: { learningRateMultiplier: 2 } }, "together", 1],
    ["a seed at Fireworks", { seed: 1 }, "fireworks", 1],
    ["metadata at Together", { metadata: pairs(1) }, "together", 1],
    ["wandb at Fireworks", { wandb: { project: "p" } }, "fireworks", 1],
  ])("%s", (_, more, provider, count) => {
    expect(flagsOf(more, provider)).toHaveLength(count);
  });

  test("Fireworks takes a beta below 0.5", () => {
    expect(flagsOf({ hyperparameters: { beta: 0.49 } }, "fireworks")).toEqual([]);
    expect(flagsOf({ hyperparameters: { beta: 0.5 } }, "fireworks")).toEqual(["--beta"]);
  });
});

function pairs(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, "value"]));
}

describe("end dates", () => {
  const codes = (provider: ProviderId, model: string, today: string): string[] =>
    checkEndDates({ provider, model, today }).map(({ code }) => code);

  test.each<[ProviderId, string, string, string[]]>([
    ["openai", "gpt-4.1-mini-2025-04-14", "2026-06-01", []],
    ["openai", "gpt-4.1-mini-2025-04-14", "2026-11-23", ["TUNE_ENDING", "TUNE_ENDING"]],
    ["openai", "gpt-4.1-mini-2025-04-14", "2027-01-06", ["TUNE_ENDING", "TUNE_ENDING"]],
    ["openai", "gpt-4.1-mini-2025-04-14", "2027-01-07", ["TUNE_ENDED", "TUNE_ENDING"]],
    ["openai", "gpt-4.1-mini", "2027-01-14", ["TUNE_ENDED", "TUNE_ENDED"]],
    ["openai", "gpt-4.1-nano", "2026-10-22", ["TUNE_ENDING", "TUNE_ENDING"]],
    ["openai", "gpt-4.1-nano", "2026-10-23", ["TUNE_ENDING", "TUNE_ENDED"]],
    ["openai", "gpt-4.1-nano-2025-04-14", "2026-11-23", ["TUNE_ENDING", "TUNE_ENDED"]],
    ["openai", "ft:gpt-4.1-nano-2025-04-14:acme:s:id", "2026-11-23", ["TUNE_ENDING", "TUNE_ENDED"]],
    ["openai", "another-model", "2027-02-01", ["TUNE_ENDED"]],
    ["azure", "gpt-4.1-nano", "2027-02-01", []],
    ["compatible", "gpt-4.1-nano", "2027-02-01", []],
  ])("%s %s on %s", (provider, model, today, expected) => {
    expect(codes(provider, model, today)).toEqual(expected);
  });

  test("what has ended is refused with its date and where the format still runs", () => {
    const check = (): unknown =>
      requireValidSettings({ ...plain, model: "gpt-4.1-nano" }, "openai", "2026-11-23");
    expect(check).toThrow("2026-10-23");
    expect(check).toThrow(
      expect.objectContaining({ code: "TUNE_ENDED", hint: expect.stringContaining("--provider azure") }),
    );
  });

  test("what ends soon is a warning", () => {
    const model = "gpt-4.1-2025-04-14";
    const warnings = requireValidSettings({ ...plain, model }, "openai", "2026-12-01");
    expect(warnings.map(({ severity }) => severity)).toEqual(["warning", "warning"]);
  });
});

test("every problem is told at once", () => {
  const settings: JobSettings = { ...plain, seed: -1, hyperparameters: { beta: 3, epochs: 0 } };
  expect(() => requireValidSettings(settings, "openai", "2026-01-01")).toThrow(
    expect.objectContaining({ issues: [expect.anything(), expect.anything(), expect.anything()] }),
  );
});
