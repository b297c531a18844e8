/** Where a job stands. `unknown` stands for what a provider may say one day; such a job is watched on. */
export type JobState = "pending" | "running" | "succeeded" | "failed" | "cancelled" | "unknown";

/** A fine-tuning job. */
export interface Job {
  readonly id: string;
  /** As the provider says it; an open set. */
  readonly status: string;
  readonly state: JobState;
  readonly model: string;
  /** The model that came of it; missing until there is one. */
  readonly fineTunedModel?: string;
  /** Seconds since 1970. */
  readonly createdAt?: number;
  /** Seconds since 1970. */
  readonly finishedAt?: number;
  readonly trainingFile?: string;
  readonly method?: string;
  /** The settings in use, as the provider names them. */
  readonly hyperparameters?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly trainedTokens?: number;
  /** Files of metrics. */
  readonly resultFiles: readonly string[];
  /** Why it failed. */
  readonly error?: { readonly code?: string; readonly message: string; readonly param?: string };
}

/** Something that happened to a job. */
export interface JobEvent {
  readonly id: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly level: string;
  readonly message: string;
  /** Missing where the event brings none. */
  readonly metrics?: JobMetrics;
}

/** Numbers of one step, by name: `step`, `train_loss`, `valid_loss`, `train_mean_token_accuracy` … */
export type JobMetrics = Readonly<Record<string, number>>;

/** A model as it was at some step. */
export interface Checkpoint {
  readonly id: string;
  readonly step: number;
  readonly model: string;
  readonly metrics: JobMetrics;
}

/** Whether a job has ended. */
export function hasEnded({ state }: Pick<Job, "state">): boolean {
  return state === "succeeded" || state === "failed" || state === "cancelled";
}
