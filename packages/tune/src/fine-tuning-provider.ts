import type { Checkpoint, Job, JobEvent, JobMetrics } from "./job.ts";
import type { JobRequest } from "./job-request.ts";
import type { ProviderId } from "./provider-id.ts";
import type { PartialUpload } from "./state/tune-state.ts";
import type { TrainingFile, UploadedFile } from "./training-file.ts";

/**
 * A place that fine-tunes models. Every request is tried again where that may help; what creates something is first
 * looked for, so that nothing is created twice.
 */
export interface FineTuningProvider {
  readonly id: ProviderId;
  /** Where its requests go; holds no secret. */
  readonly endpoint: string;
  /** Uploads a file, unless {@link Attempt.before} and it is there already. */
  uploadFile(file: TrainingFile, attempt: UploadAttempt): Promise<UploadedFile>;
  /** How far the provider is with a file. */
  getFile(id: string): Promise<UploadedFile>;
  /** Creates a job, unless {@link Attempt.before} and it is there already. */
  createJob(request: JobRequest, attempt: JobAttempt): Promise<Job>;
  getJob(id: string): Promise<Job>;
  /** The newest first. */
  listJobs(): AsyncGenerator<Job>;
  cancelJob(id: string): Promise<Job>;
  /**
   * What happened to a job, the oldest first.
   * @param known ids of events that are left out. Default: none.
   */
  events(id: string, known?: ReadonlySet<string>): Promise<JobEvent[]>;
  /** The oldest first. */
  checkpoints(id: string): Promise<Checkpoint[]>;
  /** The metrics of all steps, in order. Empty where the job has brought none yet. */
  results(id: string): Promise<JobMetrics[]>;
  /** The requests that uploading these files and creating a job would send. Sends nothing. */
  describe(files: readonly TrainingFile[], request: JobRequest): DescribedRequest[];
}

/** What is known of an attempt to create something. */
export interface Attempt {
  /** Whether an earlier attempt was begun and not heard of again: then it is looked for first. */
  readonly before: boolean;
}

/** What is known of an attempt to upload a file. */
export interface UploadAttempt extends Attempt {
  /** An upload in parts that was begun. */
  readonly partial?: PartialUpload | undefined;
  /** Told after each part, so that an interrupted upload goes on from there. */
  readonly onPartial?: (partial: PartialUpload) => Promise<void>;
  readonly onProgress?: (bytesSent: number) => void;
}

/** What is known of an attempt to create a job. */
export interface JobAttempt extends Attempt {
  /** Jobs that are known to be others. */
  readonly others: readonly string[];
}

/** A request as `--dry-run` shows it. It holds no key. */
export interface DescribedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, or of a form its fields. */
  readonly body?: Readonly<Record<string, unknown>>;
}
