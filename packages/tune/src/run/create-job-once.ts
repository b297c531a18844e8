import type { Job } from "../job.ts";
import type { JobSettings } from "../job-request.ts";
import type { JobEntry, StateStore } from "../state/tune-state.ts";
import type { TrainingFile } from "../training-file.ts";
import type { TuneContext } from "./run-context.ts";
import { uploadOnce } from "./upload-once.ts";

/** A job that is wanted. */
export interface WantedJob {
  readonly settings: JobSettings;
  readonly training: TrainingFile;
  readonly validation?: TrainingFile | undefined;
  /** Another job, although there is one of the same files and settings. Default: false. */
  readonly forceNew?: boolean;
  /** Default: `crypto.randomUUID`. */
  readonly createKey?: () => string;
}

/**
 * Uploads the files of a job and creates it; each of it once, whatever was interrupted before.
 *
 * @throws TUNE_FILE_REFUSED and what the provider throws
 */
export async function createJobOnce(context: TuneContext, wanted: WantedJob): Promise<Job> {
  const { provider, onProgress } = context;
  const entry = await findJobEntry(context, wanted);
  if (entry?.id !== undefined && wanted.forceNew !== true) {
    onProgress?.({ kind: "created", job: entry.id, isKnown: true });
    return provider.getJob(entry.id);
  }
  const trainingFile = await uploadOnce(context, wanted.training);
  const validationFile =
    wanted.validation === undefined ? undefined : await uploadOnce(context, wanted.validation);
  // A job that was begun and not heard of again is the one that is wanted, also by --force-new.
  const begun = entry !== undefined && entry.id === undefined ? entry : await begin(context, wanted);
  const { key } = begun;
  const job = await provider.createJob(
    { ...wanted.settings, trainingFile, ...(validationFile === undefined ? {} : { validationFile }), key },
    { before: begun === entry, others: await knownJobs(context.store) },
  );
  await finish(context.store, begun, job.id);
  onProgress?.({ kind: "created", job: job.id, isKnown: false });
  return job;
}

/** The last job that was begun with these files and settings. */
export async function findJobEntry(
  { provider, store }: Pick<TuneContext, "provider" | "store">,
  wanted: WantedJob,
): Promise<JobEntry | undefined> {
  const options = await optionsHash(wanted);
  const { jobs } = await store.read();
  return jobs.findLast((job) => job.endpoint === provider.endpoint && job.options === options);
}

async function begin({ provider, store }: TuneContext, wanted: WantedJob): Promise<JobEntry> {
  const { createKey = () => crypto.randomUUID() } = wanted;
  const entry: JobEntry = {
    provider: provider.id,
    endpoint: provider.endpoint,
    method: wanted.settings.method,
    model: wanted.settings.model,
    options: await optionsHash(wanted),
    key: createKey(),
  };
  const state = await store.read();
  await store.write({ ...state, jobs: [...state.jobs, entry] });
  return entry;
}

async function finish(store: StateStore, { key }: JobEntry, id: string): Promise<void> {
  const state = await store.read();
  await store.write({ ...state, jobs: state.jobs.map((job) => (job.key === key ? { ...job, id } : job)) });
}

async function knownJobs(store: StateStore): Promise<string[]> {
  const { jobs } = await store.read();
  return jobs.flatMap(({ id }) => id ?? []);
}

/** SHA-256 of the files' content and of all settings, whatever the order in which they were given. */
async function optionsHash({ settings, training, validation }: WantedJob): Promise<string> {
  const text = JSON.stringify([sorted(settings), training.sha256, validation?.sha256 ?? null]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value;
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]);
}
