import type { JsonObject } from "./checks.ts";
import type { Fault } from "./faults.ts";
import { servedModels } from "./served-models.ts";
import type {
  FilePlan,
  FineTuningServerOptions,
  JobPlan,
  RecordedRequest,
  ServedModel,
} from "./server-options.ts";

/** A file that the server holds. */
export interface StoredFile {
  id: string;
  filename: string;
  purpose: string;
  content: Buffer;
  createdAt: number;
  expiresAt: number | undefined;
  stage: "uploaded" | "processed" | "error";
  /** Why it is an error. */
  details: string | undefined;
  /** Status requests that are left until it is processed. */
  pollsLeft: number;
  isDeleted: boolean;
  plan: FilePlan;
}

/** An upload in parts. */
export interface StoredUpload {
  id: string;
  filename: string;
  purpose: string;
  bytes: number;
  createdAt: number;
  expiresAt: number;
  stage: "pending" | "completed" | "cancelled" | "expired";
  parts: Map<string, Buffer>;
  fileId: string | undefined;
  fileExpiresAfter: number | undefined;
}

/** How far a job has come; each provider has its own words for it. */
export type JobStage = "validating" | "queued" | "running" | "paused" | "succeeded" | "failed" | "cancelled";

/** Something that a job has told. */
export interface JobEvent {
  id: string;
  createdAt: number;
  level: "info" | "warn" | "error";
  message: string;
  /** Numbers of one step. */
  metrics: JsonObject | undefined;
}

/** A model in the middle of its training. */
export interface JobCheckpoint {
  id: string;
  createdAt: number;
  step: number;
  metrics: JsonObject;
}

/** A job that the server runs. */
export interface StoredJob {
  id: string;
  createdAt: number;
  /** The request that made it. */
  request: JsonObject;
  model: string;
  trainingFile: string;
  validationFile: string | undefined;
  method: "supervised" | "dpo";
  epochs: number;
  /** The name that its model will have. */
  outputModel: string;
  stage: JobStage;
  plan: JobPlan;
  /** Status requests since the stage began. */
  polls: number;
  step: number;
  events: JobEvent[];
  checkpoints: JobCheckpoint[];
  finishedAt: number | undefined;
  fineTunedModel: string | undefined;
  resultFile: string | undefined;
  error: { code: string; message: string; param: string | null } | undefined;
}

/** All that the server knows. */
export interface State {
  options: FineTuningServerOptions;
  apiKey: string;
  account: string;
  models: readonly ServedModel[];
  now: number;
  files: StoredFile[];
  uploads: StoredUpload[];
  jobs: StoredJob[];
  /** Files that a client sent: result files are not among them. */
  filesSent: number;
  faults: Fault[];
  requests: RecordedRequest[];
  /** Who waits for which request. */
  watchers: { line: RegExp; resolve: (request: RecordedRequest) => void }[];
  lastId: number;
}

/** The state that a server begins with. */
export function createState(options: FineTuningServerOptions): State {
  return {
    options,
    apiKey: options.apiKey ?? "sk-test-loopback",
    account: options.account ?? "loopback",
    models: options.models ?? servedModels(options.provider),
    now: options.now ?? Date.UTC(2026, 10, 23) / 1000,
    files: [],
    uploads: [],
    jobs: [],
    filesSent: 0,
    faults: [...(options.faults ?? [])],
    requests: [],
    watchers: [],
    lastId: 0,
  };
}

/** A name that no other thing on this server bears. */
export function nextId(state: State, prefix: string): string {
  state.lastId += 1;
  return `${prefix}${String(state.lastId).padStart(8, "0")}`;
}

/** Keeps a file that a client has sent. */
export function storeFile(
  state: State,
  sent: Pick<StoredFile, "id" | "filename" | "purpose" | "content"> & SentDetails,
): StoredFile {
  const { expiresAfter, error, ...known } = sent;
  const plan = { ...(error === undefined ? {} : { error }), ...state.options.files?.[state.filesSent] };
  state.filesSent += 1;
  const file: StoredFile = {
    ...known,
    createdAt: state.now,
    expiresAt: expiresAfter === undefined ? undefined : state.now + expiresAfter,
    stage: "uploaded",
    details: undefined,
    pollsLeft: plan.polls ?? 1,
    isDeleted: false,
    plan,
  };
  state.files.push(file);
  settleFile(file);
  return file;
}

interface SentDetails {
  /** Seconds. */
  expiresAfter?: number | undefined;
  /** What is wrong with it, which its processing will find. */
  error?: string | undefined;
}

/** Counts one poll of a file. */
export function advanceFile(file: StoredFile): void {
  file.pollsLeft = Math.max(0, file.pollsLeft - 1);
  settleFile(file);
}

function settleFile(file: StoredFile): void {
  if (file.pollsLeft === 0 && file.stage === "uploaded") {
    file.stage = file.plan.error === undefined ? "processed" : "error";
    file.details = file.plan.error;
  }
}

/** A file that is still there. */
export function findFile(state: State, id: string): StoredFile | undefined {
  return state.files.find(
    (file) =>
      file.id === id && !file.isDeleted && (file.expiresAt === undefined || file.expiresAt > state.now),
  );
}
