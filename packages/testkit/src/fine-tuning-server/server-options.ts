import type { Fault } from "./faults.ts";
import type { StoredFile, StoredJob, StoredUpload } from "./state.ts";

/** Whose API the server speaks. */
export type FineTuningProvider = "openai" | "azure" | "together" | "fireworks";

/** What becomes of one uploaded file. */
export interface FilePlan {
  /** How often its status is asked for until it is processed. Default: 1; 0 is processed at once. */
  polls?: number;
  /** Its processing ends in an error with these details. */
  error?: string;
}

/** What becomes of one job. */
export interface JobPlan {
  /** Status requests for which it stays `validating_files`, and again for which it stays `queued`. Default: 1. */
  polls?: number;
  /** Steps of training: each further status request makes one, with a metrics event. Default: 6. */
  steps?: number;
  /** It fails with this, when its files are validated or in the middle of training. */
  fails?: { code: string; message: string; param?: string | null; at?: "validating" | "running" };
  /** Somebody else cancels it in the middle of training. */
  isCancelled?: boolean;
}

/** A model that is served, as `GET /v1/models` lists it. */
export interface ServedModel {
  id: string;
  /** `YYYY-MM-DD`, or null where no end is announced. */
  shutdownDate: string | null;
}

export interface FineTuningServerOptions {
  /** Default: `openai`. */
  provider?: FineTuningProvider;
  /** The only key that is let in. Default: `sk-test-loopback`. */
  apiKey?: string;
  /** The account in Fireworks' paths. Default: `loopback`. */
  account?: string;
  /** Plans of the files, in the order of their upload; later ones go well. */
  files?: readonly FilePlan[];
  /** Plans of the jobs, in the order of their creation; later ones go well. */
  jobs?: readonly JobPlan[];
  /** What goes wrong with which requests. */
  faults?: readonly Fault[];
  /** Default: the models that OpenAI fine-tunes with DPO. */
  models?: readonly ServedModel[];
  /** `poll`: a request for the status moves a job or file on; `manual`: only `advance` does. Default: `poll`. */
  advance?: "poll" | "manual";
  /** Seconds since 1970 that the server's clock shows, which moves by `passTime` only. Default: 2026-11-23. */
  now?: number;
  /** Bytes of the largest file and part of an upload that OpenAI takes. Default: 512 MiB, 64 MiB. */
  limits?: { file?: number; part?: number };
  /** How the content of result files is sent. Default: `base64`, which is what OpenAI sends. */
  resultEncoding?: "base64" | "plain";
}

/** One request as it came, and what was answered. */
export interface RecordedRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: Readonly<Record<string, string>>;
  /** Names in lower case; of the key the first four letters are kept. */
  headers: Readonly<Record<string, string>>;
  /** JSON as parsed, a form as `RecordedForm`, or undefined where nothing came or the body was not read. */
  body: unknown;
  /** The status that was answered; undefined where the connection was dropped instead. */
  status: number | undefined;
  /** The JSON that was answered, if it was JSON. */
  answer: unknown;
}

/** A multipart form as it is recorded. */
export interface RecordedForm {
  fields: Readonly<Record<string, string>>;
  files: readonly { name: string; filename: string; type: string; bytes: number; md5: string }[];
}

export interface FineTuningServer {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  /** What a client takes as its base URL: the origin and `/v1`, or `/openai/v1` with Azure. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly requests: readonly RecordedRequest[];
  /** Every file that was taken, deleted ones too, and result files; oldest first. */
  readonly files: readonly StoredFile[];
  readonly uploads: readonly StoredUpload[];
  /** Every job that was created, oldest first. */
  readonly jobs: readonly StoredJob[];
  /** Takes further faults at any time. */
  readonly faults: Fault[];
  /** How many requests fit `METHOD /path`. */
  count(line: RegExp): number;
  /** The first request after this call that fits `METHOD /path`, when all is done that it does. */
  next(line: RegExp): Promise<RecordedRequest>;
  /** Moves a job or a file on by so many polls. Default: 1. */
  advance(id: string, polls?: number): void;
  /** Moves a job on until it has ended; one that is paused stays so. */
  finish(jobId: string): void;
  /** Moves the server's clock: uploads and files expire by it. */
  passTime(seconds: number): void;
}
