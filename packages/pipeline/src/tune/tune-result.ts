import type { Issue } from "@dpo-kit/schema";
import type { CostEstimate } from "@dpo-kit/stats";
import type {
  Checkpoint,
  DescribedRequest,
  Job,
  JobEvent,
  JobMetrics,
  MetricSeries,
  ProviderId,
} from "@dpo-kit/tune";
import type { IssueReport, OutputRecord } from "../conversion-result.ts";

/** What training is about to cost. */
export interface TuneEstimate {
  readonly provider: ProviderId;
  readonly model: string;
  /** Pairs that are trained on. */
  readonly pairs: number;
  /** Of all epochs; both answers count. Providers do not say whether the input counts once or with each. */
  readonly tokens: { readonly low: number; readonly high: number };
  /** What the figure supposes; with `auto` one. */
  readonly epochs: number;
  /** Whether the provider chooses how many epochs there are, which may be more. */
  readonly areEpochsChosen: boolean;
  /** The prices that may hold; empty where none is known. */
  readonly costs: readonly CostEstimate[];
  /** What ends soon. */
  readonly warnings: readonly Issue[];
}

/** What all that `dpo tune` does tells. */
interface TuneOutcome {
  readonly command: "tune";
  readonly ok: boolean;
  readonly exitCode: 0 | 1;
  readonly next: readonly string[];
}

/** What came of creating a job. */
export interface TuneCreateResult extends TuneOutcome {
  readonly action: "create" | "sft-then-dpo";
  readonly provider: ProviderId;
  readonly issues: IssueReport;
  readonly estimate?: TuneEstimate;
  /** Of a dry run. */
  readonly requests?: readonly DescribedRequest[];
  /** Missing where a file holds errors, and of a dry run. Of `sft-then-dpo` the DPO job. */
  readonly job?: Job;
  /** Of `sft-then-dpo`. */
  readonly supervised?: Job;
  readonly state: string;
}

/** What is known of a job. */
export interface TuneJobResult extends TuneOutcome {
  readonly action: "status" | "cancel" | "watch" | "checkpoints";
  readonly provider: ProviderId;
  readonly job: Job;
  readonly events?: readonly JobEvent[];
  readonly checkpoints?: readonly Checkpoint[];
}

/** The jobs of a provider, the newest first. */
export interface TuneListResult extends TuneOutcome {
  readonly action: "list";
  readonly provider: ProviderId;
  readonly jobs: readonly Job[];
}

/** The metrics of a job. */
export interface TuneMetricsResult extends TuneOutcome {
  readonly action: "results";
  readonly provider: ProviderId;
  readonly job: string;
  readonly metrics: readonly JobMetrics[];
  /** Of the metrics the losses and accuracies. */
  readonly series: readonly MetricSeries[];
  /** The metrics as CSV. */
  readonly csv: string;
  readonly outputs: readonly OutputRecord[];
}
