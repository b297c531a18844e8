import { columnFlag } from "@dpo-kit/preference";
import { mapContext } from "../context-mapping.ts";
import type { PairwiseMappingOptions } from "../mapping-options.ts";
import type { RowSample } from "../row-sample.ts";
import type { ColumnMapping, NeededFlag, ShapeClaim } from "../shape.ts";
import type { Decider, DeciderFinding } from "./answer-values.ts";
import { findColumnName } from "./member.ts";

/** A claim on answers that are ordered by a number each has. Plain data. */
export interface DecidedClaim extends ShapeClaim {
  readonly decider?: Decider | undefined;
  /** What could decide instead. */
  readonly otherScores?: readonly string[] | undefined;
}

/** What is known of rows with several answers before their context is looked for. */
export interface ListFinding {
  readonly why: string;
  /** The columns that hold answers, and what tells their order. */
  readonly mapping: readonly ColumnMapping[];
  readonly decider?: DeciderFinding;
  /** Columns that are no part of the context. */
  readonly taken?: readonly string[];
  readonly needsFlag?: NeededFlag | undefined;
}

/** Adds the context's columns to a finding, and asks for what is missing. */
export function listClaim(
  sample: RowSample,
  options: PairwiseMappingOptions,
  finding: ListFinding,
): DecidedClaim {
  const taken = [...finding.mapping.map(({ column }) => column), ...(finding.taken ?? [])];
  const context = mapContext(sample, options, taken);
  const { decider } = finding;
  const found = decider !== undefined && "found" in decider ? decider.found : undefined;
  const asks = decider !== undefined && "ambiguous" in decider ? whichScore(decider.ambiguous) : undefined;
  const noPrompt = context.hasPrompt ? undefined : promptMissing(finding.mapping[0]!.column);
  return {
    confidence: 0.8,
    why: finding.why,
    mapping: [...context.mapping, ...finding.mapping],
    needsFlag: unknownGroups(sample, options) ?? finding.needsFlag ?? asks ?? context.needsFlag ?? noPrompt,
    decider: found,
    otherScores: decider !== undefined && "found" in decider ? decider.others : undefined,
  };
}

function unknownGroups(sample: RowSample, { gatherBy = [] }: PairwiseMappingOptions): NeededFlag | undefined {
  const names = sample.columns.map(({ name }) => name);
  const unknown = gatherBy.find((name) => findColumnName(names, [name]) === undefined);
  return unknown === undefined
    ? undefined
    : {
        code: "PAIRWISE_COLUMN_UNKNOWN",
        message: `There is no column ${JSON.stringify(unknown)} to gather by`,
        hint: `The columns are: ${names.join(", ")}`,
      };
}

/** Asks which of several scores decides. */
export function whichScore(names: readonly string[]): NeededFlag {
  return {
    code: "PAIRWISE_SCORE_UNKNOWN",
    message: `Several scores could decide: ${names.join(", ")}`,
    hint: `Say which: ${names.map((name) => `--score ${name}`).join("  or  ")}`,
  };
}

function promptMissing(answers: string): NeededFlag {
  return {
    code: "PAIRWISE_PROMPT_UNKNOWN",
    message: `No column is known for what the answers in ${answers} reply to`,
    hint: `Name it: ${columnFlag("prompt", "NAME")}`,
  };
}
