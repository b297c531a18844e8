import type { PairTree } from "@dpo-kit/chat";
import type { Issue, IssueCode, TransformName } from "@dpo-kit/schema";

/** One thing that was found out about an input: its delimiter, its encoding. */
export interface PlanFact {
  /** `delimiter` */
  readonly label: string;
  /** `semicolon` */
  readonly value: string;
  /** `found: 4 fields in each of 200 records`, `given with --delimiter` */
  readonly why?: string;
}

/** What plays which part in the pairs. */
export interface PlanMapping {
  /** `prompt`, `preferred`, `non_preferred`, `system`, `messages`, `tools` */
  readonly role: string;
  /** The column or field, as the input spells it. */
  readonly from: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly why: string;
}

/** Something of the input that will not be in the output. */
export interface PlanLoss {
  /** `column annotator_id` */
  readonly what: string;
  readonly why: string;
}

/** One pair as it would be written, for looking at. */
export interface PreviewPair {
  readonly line?: number;
  readonly prompt: string;
  readonly preferred: string;
  readonly nonPreferred: string;
  /** Of chat logs: all answers to the same message, and what is known of them. */
  readonly tree?: PairTree;
}

/** What would be done with one input. */
export interface SourcePlan {
  /** As the user gave it. */
  readonly source: string;
  /** In bytes, where it is known. */
  readonly size?: number;
  /** `csv` */
  readonly format: string;
  readonly formatTitle: string;
  /** What one unit of it is called, where the format has a name for it: `conversation`, `task`. */
  readonly unit?: string;
  readonly facts: readonly PlanFact[];
  readonly mapping: readonly PlanMapping[];
  readonly transforms: readonly TransformName[];
  readonly losses: readonly PlanLoss[];
  readonly notes: readonly Issue[];
  /** The names of all columns, where the source has columns. */
  readonly columns: readonly string[];
  /** Up to three. */
  readonly preview: readonly PreviewPair[];
  /** What the sample gave: records looked at, pairs, rejected, skipped. */
  readonly sample: { records: number; pairs: number; rejected: number; skipped: number; complete: boolean };
}

/** One step behind reading: what it takes out, or how it divides what is left. */
export interface ReducerPlan {
  /** Stable: `against`, `max-tokens`, `conflicts`, `dedupe`, `near`, `max-pairs-per-prompt`, `sample`, `split`, `shuffle`. */
  readonly id: string;
  /** In a few words. */
  readonly title: string;
  /** Whether it must see all pairs before it can decide on the first. */
  readonly secondPass: boolean;
}

/** What a conversion would also be exported to. */
export interface ExportPlan {
  /** The id of the target. */
  readonly target: string;
  readonly title: string;
  /** What the target cannot hold, of examples that have it. */
  readonly mayLose: readonly IssueCode[];
  /** Why the target cannot hold an example at all. */
  readonly mayLeaveOut: readonly IssueCode[];
}

/** What a conversion would do. Making it reads the start of each input and writes nothing. */
export interface ConversionPlan {
  readonly schema: "dpo-kit/plan@1";
  readonly sources: readonly SourcePlan[];
  /** In the order in which pairs go through them. */
  readonly reducers: readonly ReducerPlan[];
  /** Where exports are asked for. */
  readonly exports?: readonly ExportPlan[];
  /** 2 where a reducer must see all batches first: they are kept on disk for the second pass. */
  readonly passes: 1 | 2;
}
