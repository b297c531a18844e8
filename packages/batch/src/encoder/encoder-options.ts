import {
  acceptedBy,
  type DpoExample,
  type Issue,
  type Location,
  type TargetId,
  validateExample,
} from "@dpo-kit/schema";

import { KEPT_NOTES } from "./note-tally.ts";

/** How a {@link PairBatchEncoder} checks, writes and groups. */
export interface PairBatchEncoderOptions {
  /** The number of the source in the plan. Default: 0. */
  sourceId?: number;
  /** Leaves out of the lines what is at its default. Default: false. */
  lean?: boolean;
  /** Targets whose line rules a pair must keep, besides the canonical schema and OpenAI's. Default: none. */
  targets?: readonly TargetId[];
  /** The bits of `acceptedBy`, at most 8. Default: openai, azure, together, fireworks. */
  reportTargets?: readonly TargetId[];
  /** Fields of the provenance, or else of the record itself, that become group columns. Default: none. */
  groupColumns?: readonly string[];
  /** Whether batches hold the provenance of each line. Default: false. */
  keepProvenance?: boolean;
  /** A batch is full when its lines or its rejected records reach this size, in bytes. Default: 1 MiB. */
  maxBytes?: number;
  /** How many notes of one code and severity a batch keeps in full; all are counted. Default: 20. */
  keptNotes?: number;
  /** What pairs are checked with. Default: `validateExample` and `acceptedBy` of `@dpo-kit/schema`. */
  checks?: PairChecks;
}

/** The checks of a pair. */
export interface PairChecks {
  validate(
    example: DpoExample,
    options: { targets: readonly TargetId[]; location: Location },
  ): readonly Issue[];
  /** A bit for each target that would take the example, the first target's the lowest. */
  acceptedBy(example: DpoExample, targets: readonly TargetId[]): number;
}

/** Default size of a batch, in bytes: small enough to stay in a processor's cache, large enough to be few. */
export const DEFAULT_BATCH_BYTES: number = 1 << 20;

/** The targets a batch tells about unless others are asked for, in the order of the bits. */
export const DEFAULT_REPORT_TARGETS: readonly TargetId[] = ["openai", "azure", "together", "fireworks"];

export type ResolvedOptions = Required<PairBatchEncoderOptions>;

export function resolveOptions(options: PairBatchEncoderOptions): ResolvedOptions {
  return {
    sourceId: options.sourceId ?? 0,
    lean: options.lean ?? false,
    targets: [...new Set<TargetId>(["openai", ...(options.targets ?? [])])],
    reportTargets: options.reportTargets ?? DEFAULT_REPORT_TARGETS,
    groupColumns: options.groupColumns ?? [],
    keepProvenance: options.keepProvenance ?? false,
    maxBytes: options.maxBytes ?? DEFAULT_BATCH_BYTES,
    keptNotes: options.keptNotes ?? KEPT_NOTES,
    checks: options.checks ?? { validate: validateExample, acceptedBy },
  };
}
