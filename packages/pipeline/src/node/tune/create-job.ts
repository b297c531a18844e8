import {
  createJobOnce,
  type DescribedRequest,
  type FineTuningProvider,
  findJobEntry,
  type Job,
  type JobSettings,
  providerIds,
  requireValidSettings,
  type WantedJob,
} from "@dpo-kit/tune";
import { openTrainingFile } from "@dpo-kit/tune/node";
import { shellWord } from "../../options/shell-word.ts";
import { jobSettings } from "../../tune/job-settings.ts";
import type { TuneCreateRequest, TunePlace, TuneRunEnvironment } from "../../tune/tune-request.ts";
import type { TuneCreateResult, TuneEstimate } from "../../tune/tune-result.ts";
import { checkTrainingFiles, hasErrors } from "./check-training-files.ts";
import { confirmEstimate } from "./confirm-estimate.ts";
import { estimateTraining } from "./estimate-training.ts";
import { openProvider, providerOf, statePath, tuneContext } from "./open-provider.ts";
import { refuseValidation } from "./refuse-validation.ts";
import { withTuneLock } from "./with-tune-lock.ts";

/** What `tuneCreate` of `tune.ts` does, which loads this only where a job is created. */
export async function createJob(
  request: TuneCreateRequest,
  environment: TuneRunEnvironment,
): Promise<TuneCreateResult> {
  const { training, dryRun = false, state = statePath(training) } = request;
  const id = providerOf(request);
  const settings: JobSettings = jobSettings(request, "dpo");
  refuseValidation(request, id);
  const warnings = requireValidSettings(settings, id, environment.today);
  const provider = await openProvider(request, environment, { canPretend: dryRun });
  // Opened before it is checked: a file that changes after that cannot be sent any more.
  const wanted = await openWanted(request, settings, environment);
  const issues = await checkTrainingFiles(request, id, environment);
  const common = { command: "tune", action: "create", provider: id, issues, state } as const;
  if (hasErrors(issues)) {
    const files = [training, request.validation ?? []].flat().map(shellWord).join(" ");
    const next = [`dpo validate ${files} --target ${id === "compatible" ? "openai" : id}`];
    return { ...common, ok: false, exitCode: 1, next };
  }
  const { prices } = request;
  const estimate = (): Promise<TuneEstimate> =>
    estimateTraining({ training, provider: id, settings, prices, warnings }, environment);
  if (dryRun) {
    const known = await estimate();
    environment.onEstimate?.(known);
    const requests = describeJob(provider, wanted);
    return { ...common, ok: true, exitCode: 0, estimate: known, requests, next: [] };
  }
  const context = tuneContext(provider, { ...request, state }, environment);
  return withTuneLock(state, async () => {
    const isThere = (await findJobEntry(context, wanted))?.id !== undefined && request.forceNew !== true;
    // Of a job that is there already nothing is spent any more.
    const known = isThere ? undefined : await estimate();
    if (known !== undefined) {
      await confirmEstimate(known, request, environment);
    }
    const job = await createJobOnce(context, wanted);
    return { ...common, ...(known === undefined ? {} : { estimate: known }), ...outcomeOf(job, request) };
  });
}

/** A job of these files and settings that has failed is no success; only `--force-new` makes another one. */
function outcomeOf(
  job: Job,
  request: TuneCreateRequest,
): Pick<TuneCreateResult, "ok" | "exitCode" | "job" | "next"> {
  if (job.state === "failed" || job.state === "cancelled") {
    return { ok: false, exitCode: 1, job, next: [`dpo tune status ${job.id}${placeFlags(request)}`] };
  }
  return { ok: true, exitCode: 0, job, next: [`dpo tune watch ${job.id}${placeFlags(request)}`] };
}

function describeJob(
  provider: FineTuningProvider,
  { settings, training, validation }: WantedJob,
): DescribedRequest[] {
  const upload = "[id of the upload]";
  return provider.describe([training, validation ?? []].flat(), {
    ...settings,
    trainingFile: upload,
    ...(validation === undefined ? {} : { validationFile: upload }),
    key: "[made for the job]",
  });
}

async function openWanted(
  { training, validation, forceNew }: TuneCreateRequest,
  settings: JobSettings,
  { signal }: TuneRunEnvironment,
): Promise<WantedJob> {
  return {
    settings,
    training: await openTrainingFile(training, signal),
    ...(validation === undefined ? {} : { validation: await openTrainingFile(validation, signal) }),
    ...(forceNew === undefined ? {} : { forceNew }),
  };
}

/** The flags that name the place of a job, with a space before each. */
export function placeFlags({ provider, baseUrl }: TunePlace): string {
  const isNamed = provider !== undefined && provider !== providerIds[0];
  return `${isNamed ? ` --provider ${provider}` : ""}${baseUrl === undefined ? "" : ` --base-url ${shellWord(baseUrl)}`}`;
}
