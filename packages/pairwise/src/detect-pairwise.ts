import { type ColumnRole, columnFlagNames, normaliseColumnName } from "@dpo-kit/preference";
import { DataError, type JsonObject } from "@dpo-kit/schema";
import type { PairwiseMappingOptions } from "./mapping-options.ts";
import { onlyNamesAnswers } from "./named-answers.ts";
import { otherChoices } from "./other-choices.ts";
import type { ClaimedShape, PairwiseDetection } from "./pairwise-detection.ts";
import { type RowSample, sampleOf } from "./row-sample.ts";
import type { OtherChoice, PairwiseShape, ShapeClaim } from "./shape.ts";
import { shapes } from "./shapes.ts";
import { unpackRow } from "./unpack-row.ts";

/**
 * Says what rows are by the names of their columns and the kinds of their values. Every shape is asked, in their
 * order; the first that claims the rows is chosen, the others are told as alternatives. Values decide nothing
 * about which answer is better. Where something must be settled by a flag, the claim says which.
 *
 * @throws RUN_OPTION_INVALID where `from` is not the id of a shape; PAIRWISE_COLUMN_UNKNOWN where a flag names a
 * column that no row has.
 */
export function detectPairwise(
  rows: readonly JsonObject[],
  options: PairwiseMappingOptions = {},
): PairwiseDetection {
  const sample = sampleOf(rows.map(unpackRow));
  refuseUnknownColumns(sample, options);
  const forced = options.from === undefined ? undefined : shapeById(options.from);
  const claims = shapes.flatMap((shape) => claimed(shape, sample, options));
  const chosen =
    forced === undefined
      ? claims[0]
      : (claims.find(({ id }) => id === forced.id) ?? unclaimed(forced, sample));
  const used = new Set(chosen?.mapping.map(({ column }) => column));
  return {
    chosen: chosen && { ...chosen, choices: choicesOf(chosen, sample) },
    alternatives: claims.filter(({ id }) => id !== chosen?.id),
    unmapped: sample.columns.map(({ name }) => name).filter((name) => !used.has(name)),
    rows: rows.length,
  };
}

/**
 * Whether rows have columns that are named as better and worse, and these only tell which answers those are:
 * `chosen: "response_b"` beside `response_a` and `response_b`.
 */
export function namesAnswersElsewhere(
  rows: readonly JsonObject[],
  options: PairwiseMappingOptions = {},
): boolean {
  return onlyNamesAnswers(sampleOf(rows), options);
}

/**
 * A shape by its id.
 * @throws RUN_OPTION_INVALID
 */
export function shapeById(id: string): PairwiseShape {
  const found = shapes.find((shape) => shape.id === id);
  if (found === undefined) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `There is no shape called ${JSON.stringify(id)}`,
      hint: `Use one of: ${shapes.map((shape) => shape.id).join(", ")}`,
    });
  }
  return found;
}

function choicesOf(chosen: ClaimedShape, sample: RowSample): OtherChoice[] {
  const choices = otherChoices(chosen, sample);
  const isGathered = chosen.family === "R" || chosen.family === "K";
  const gathers = { what: "gathered by other columns", flag: "--gather-by NAME" };
  return isGathered ? [...choices, gathers] : choices;
}

function claimed(shape: PairwiseShape, sample: RowSample, options: PairwiseMappingOptions): ClaimedShape[] {
  const claim = shape.detect(sample, options);
  return claim === undefined ? [] : [describe(shape, claim)];
}

function describe(shape: PairwiseShape, claim: ShapeClaim): ClaimedShape {
  const { id, title, family } = shape;
  return { id, title, family, flag: `--from ${id}`, ...claim };
}

/** A shape the user insists on, of which the rows are not. */
function unclaimed(shape: PairwiseShape, sample: RowSample): ClaimedShape {
  const columns = sample.columns.map(({ name }) => name).join(", ");
  return describe(shape, {
    confidence: 0,
    why: "it was given with --from, though the rows do not look like it",
    mapping: [],
    needsFlag: {
      code: "RUN_FORMAT_UNKNOWN",
      message: `The rows are not shaped as ${shape.id} (${shape.title}). The columns are: ${columns}`,
      hint: "Leave --from out to see what they are taken for, or name their columns with --columns.",
    },
  });
}

function refuseUnknownColumns(sample: RowSample, options: PairwiseMappingOptions): void {
  const known = new Set(sample.columns.map(({ name }) => normaliseColumnName(name)));
  const asked = Object.entries(options.columns ?? {}).map(([role, column]) => ({ role, column }));
  const unknown = asked.find(
    ({ column }) => typeof column === "string" && !known.has(normaliseColumnName(column)),
  );
  if (unknown !== undefined && sample.rows.length > 0) {
    throw new DataError("PAIRWISE_COLUMN_UNKNOWN", {
      message: `There is no column ${JSON.stringify(unknown.column)} for ${columnFlagNames[unknown.role as ColumnRole]}`,
      hint: `The columns are: ${sample.columns.map(({ name }) => name).join(", ")}`,
    });
  }
}
