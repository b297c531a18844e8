import type {
  Automatic,
  Hyperparameters,
  JobUpdate,
  MetricSeries,
  ProviderId,
  TuneProgress,
} from "@dpo-kit/tune";
import type { RunEnvironment } from "../conversion-request.ts";
import type { TuneEstimate } from "./tune-result.ts";

/** Where jobs are. Names and meanings are those of the options of `dpo tune`. */
export interface TunePlace {
  /** Default: `openai`; with a base URL any server that speaks its protocol. */
  readonly provider?: Exclude<ProviderId, "compatible">;
  readonly baseUrl?: string;
  /** Default: beside the training file. */
  readonly state?: string;
  /** Seconds between two looks at a job. Default 5. */
  readonly pollInterval?: number;
}

/** A job that is to be created. */
export interface TuneCreateRequest extends TunePlace {
  /** The file to train on. */
  readonly training: string;
  readonly validation?: string;
  readonly model?: string;
  readonly beta?: Automatic<number>;
  readonly epochs?: Hyperparameters["epochs"];
  readonly batchSize?: Hyperparameters["batchSize"];
  readonly learningRateMultiplier?: Hyperparameters["learningRateMultiplier"];
  readonly learningRate?: number;
  readonly suffix?: string;
  readonly seed?: number;
  /** `key=value`, each. */
  readonly metadata?: readonly string[];
  /** A project of Weights & Biases. */
  readonly wandb?: string;
  readonly forceNew?: boolean;
  /** Spends without being asked. */
  readonly yes?: boolean;
  /** Says what would be sent, and sends nothing. */
  readonly dryRun?: boolean;
  /** A file of prices, in place of the built-in ones. */
  readonly prices?: string;
}

/** A supervised job and a DPO job from its model. */
export interface SftThenDpoRequest extends TuneCreateRequest {
  /** Default 0.3. */
  readonly sftFraction?: number;
  /** Default `apart`. */
  readonly sftPrompts?: "apart" | "part";
}

/** Something that is asked of a job. */
export interface TuneJobRequest extends TunePlace {
  /** Its id, or the file it was created from, or a state file. */
  readonly job: string;
}

/** What a run needs of the process it is in. */
export interface TuneRunEnvironment extends RunEnvironment {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Default: those of the process. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Asks whether the estimate may be spent. Default: nobody can be asked. */
  readonly confirm?: (estimate: TuneEstimate) => Promise<boolean>;
  /** Told the estimate before anything is spent, also where nobody is asked. */
  readonly onEstimate?: (estimate: TuneEstimate) => void;
  readonly onTune?: (progress: TuneProgress) => void;
  /** Told what happens to a job, and its losses and accuracies so far. */
  readonly onUpdate?: (update: JobUpdate, series: readonly MetricSeries[]) => void;
}

/** The metrics of a job that are asked for. */
export interface TuneResultsRequest extends TuneJobRequest {
  /** A CSV file; the chart lies beside it, as SVG. Default: neither is written. */
  readonly output?: string;
  /** Replaces files that are there. */
  readonly force?: boolean;
}
