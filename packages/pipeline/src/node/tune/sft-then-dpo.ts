import { basename, join } from "node:path";
import { DataError } from "@dpo-kit/schema";
import {
  createJobOnce,
  findJobEntry,
  type JobSettings,
  type ProviderId,
  requireSuccess,
  requireValidSettings,
  type TrainingFile,
  type TuneContext,
} from "@dpo-kit/tune";
import { openTrainingFile } from "@dpo-kit/tune/node";
import { shellWord } from "../../options/shell-word.ts";
import { jobSettings } from "../../tune/job-settings.ts";
import type { SftThenDpoRequest, TuneRunEnvironment } from "../../tune/tune-request.ts";
import type { TuneCreateResult } from "../../tune/tune-result.ts";
import { exportFiles } from "../export/export-files.ts";
import { checkTrainingFiles, hasErrors, targetOf } from "./check-training-files.ts";
import { confirmEstimate } from "./confirm-estimate.ts";
import { placeFlags } from "./create-job.ts";
import { estimateTraining } from "./estimate-training.ts";
import { followJob } from "./follow-job.ts";
import { openProvider, providerOf, statePath, tuneContext } from "./open-provider.ts";
import { refuseValidation } from "./refuse-validation.ts";
import { withTuneLock } from "./with-tune-lock.ts";

/** The supervised job goes first (https://developers.openai.com/api/docs/guides/direct-preference-optimization). */
interface Plan {
  readonly request: SftThenDpoRequest;
  readonly environment: TuneRunEnvironment;
  readonly id: ProviderId;
  readonly supervised: JobSettings;
  readonly preference: JobSettings;
}

/** What `tuneSftThenDpo` of `tune.ts` does, which loads this only where it is asked for. */
export async function sftThenDpo(
  request: SftThenDpoRequest,
  environment: TuneRunEnvironment,
): Promise<TuneCreateResult> {
  const { state = statePath(request.training) } = request;
  return withTuneLock(state, () => runBoth({ ...request, state }, environment));
}

async function runBoth(
  request: SftThenDpoRequest & { readonly state: string },
  environment: TuneRunEnvironment,
): Promise<TuneCreateResult> {
  const { training, dryRun = false, state } = request;
  const id = providerOf(request);
  const supervised = jobSettings(request, "supervised");
  const preference = jobSettings(request, "dpo");
  const plan: Plan = { request, environment, id, supervised, preference };
  refuseValidation(request, id);
  requireValidSettings(supervised, id, environment.today);
  const warnings = requireValidSettings(preference, id, environment.today);
  const provider = await openProvider(request, environment, { canPretend: dryRun });
  const issues = await checkTrainingFiles(request, id, environment);
  const common = { command: "tune", action: "sft-then-dpo", provider: id, issues, state } as const;
  if (hasErrors(issues)) {
    return { ...common, ok: false, exitCode: 1, next: [`dpo validate ${shellWord(training)}`] };
  }
  const files = await deriveFiles(plan);
  const { prices } = request;
  // Of all pairs, as one DPO job: the preferred answers of the supervised job are a part of them.
  const estimate = await estimateTraining(
    { training, provider: id, settings: preference, prices, warnings },
    environment,
  );
  if (dryRun) {
    environment.onEstimate?.(estimate);
    const key = "[made for the job]";
    const first = provider.describe([files.supervised], {
      ...supervised,
      trainingFile: "[id of the upload]",
      key,
    });
    const model = "[model of the supervised job]";
    const asked = { ...preference, model, isFineTuned: true, trainingFile: "[id of the upload]", key };
    const requests = [...first, ...provider.describe([files.preference], asked)];
    return { ...common, ok: true, exitCode: 0, estimate, requests, next: [] };
  }
  const context = tuneContext(provider, request, environment);
  const wanted = { settings: supervised, training: files.supervised };
  const isBegun = (await findJobEntry(context, wanted))?.id !== undefined && request.forceNew !== true;
  if (!isBegun) {
    await confirmEstimate(estimate, request, environment);
  }
  const jobs = await runJobs(plan, context, files);
  const next = [`dpo tune results ${jobs.job.id}${placeFlags(request)} -o metrics.csv`];
  return { ...common, ok: true, exitCode: 0, estimate, ...jobs, next };
}

interface DerivedFiles {
  readonly supervised: TrainingFile;
  readonly preference: TrainingFile;
  readonly validation?: TrainingFile;
}

async function runJobs(
  { request, environment, supervised, preference }: Plan,
  context: TuneContext,
  files: DerivedFiles,
): Promise<Required<Pick<TuneCreateResult, "job" | "supervised">>> {
  const forceNew = request.forceNew === true;
  const first = await createJobOnce(context, { settings: supervised, training: files.supervised, forceNew });
  const { job: tuned } = await followJob(context, first.id, environment);
  const settings = { ...preference, model: requireSuccess(tuned), isFineTuned: true };
  const { validation } = files;
  const second = await createJobOnce(context, { settings, training: files.preference, validation, forceNew });
  const { job } = await followJob(context, second.id, environment);
  requireSuccess(job);
  return { supervised: tuned, job };
}

/**
 * Writes the files of both jobs beside the data. They are made anew each time, of the same bytes, so that what was
 * uploaded before an interruption is known again.
 */
async function deriveFiles({ request, environment, id }: Plan): Promise<DerivedFiles> {
  const { training, validation, sftFraction: fraction = 0.3, sftPrompts = "apart", seed } = request;
  const folder = `${training.replace(/\.jsonl$/u, "")}.tune`;
  const drawn = { inputs: [training], fraction, ...(seed === undefined ? {} : { seed }), force: true };
  const write = async (to: string, complement: boolean): Promise<TrainingFile> => {
    const output = join(folder, complement ? "dpo" : "sft");
    const { outputs } = await exportFiles({ ...drawn, output, to: [to], complement }, environment);
    const path = outputs.find(({ path: each }) => each.endsWith(".jsonl"))!.path;
    const name = `${basename(training, ".jsonl")}.${complement ? "dpo" : "sft"}.jsonl`;
    return requireEnough({ ...(await openTrainingFile(path, environment.signal)), name }, path, id);
  };
  const { signal } = environment;
  return {
    supervised: await write("sft", false),
    preference:
      sftPrompts === "apart" && fraction < 1
        ? await write(targetOf(id), true)
        : await openTrainingFile(training, signal),
    ...(validation === undefined ? {} : { validation: await openTrainingFile(validation, signal) }),
  };
}

/** https://platform.openai.com/docs/guides/supervised-fine-tuning: ten; Fireworks three. */
const fewest: Readonly<Record<ProviderId, number>> = {
  openai: 10,
  azure: 10,
  compatible: 10,
  together: 1,
  fireworks: 3,
};

function requireEnough(file: TrainingFile, path: string, id: ProviderId): TrainingFile {
  if (file.examples < fewest[id]) {
    throw new DataError("TUNE_SETTING_INVALID", {
      message: `With this --sft-fraction ${file.name} has ${file.examples} examples; at least ${fewest[id]} are needed`,
      hint: "Give another --sft-fraction, or --sft-prompts part, or more pairs.",
      location: { source: path },
    });
  }
  return file;
}
