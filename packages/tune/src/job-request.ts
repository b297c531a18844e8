/** A setting that the provider may choose. */
export type Automatic<T> = T | "auto";

/** The settings of training. What is missing is left to the provider. */
export interface Hyperparameters {
  /** Of DPO: how close the model stays to the one it began with; higher is closer. */
  readonly beta?: Automatic<number>;
  readonly epochs?: Automatic<number>;
  readonly batchSize?: Automatic<number>;
  /** Of OpenAI and Azure: times their own rate. */
  readonly learningRateMultiplier?: Automatic<number>;
  /** Of Together and Fireworks: the rate itself. */
  readonly learningRate?: number;
}

/** A project of Weights & Biases (https://docs.wandb.ai) that metrics are sent to. */
export interface WandbProject {
  readonly project: string;
  readonly name?: string;
  readonly entity?: string;
  readonly tags?: readonly string[];
}

/** What a job is to do, before its files have ids. */
export interface JobSettings {
  readonly method: "dpo" | "supervised";
  /** A base model, or a fine-tuned one. */
  readonly model: string;
  /** Whether the model was made by a job; Together and Fireworks name such models otherwise. Default: false. */
  readonly isFineTuned?: boolean;
  readonly hyperparameters: Hyperparameters;
  /** A part of the name of the model that comes of it. */
  readonly suffix?: string;
  readonly seed?: number;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly wandb?: WandbProject;
}

/** A job as a provider is asked for it. */
export interface JobRequest extends JobSettings {
  /** The id of an uploaded file. */
  readonly trainingFile: string;
  /** The id of an uploaded file. */
  readonly validationFile?: string;
  /** Made once for each job that is wanted; a job that may have been created is found again by it. */
  readonly key: string;
}
