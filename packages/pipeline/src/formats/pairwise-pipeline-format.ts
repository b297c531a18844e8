import { emptyLedgers, type PairBatch, type UnitLedger } from "@dpo-kit/batch";
import { detectCsv } from "@dpo-kit/csv";
import type { DecodedText, Source } from "@dpo-kit/io";
import {
  convertPairwise,
  detectPairwise,
  encodePairwise,
  namesAnswersElsewhere,
  type PairwiseConvertOptions,
  type PairwiseDetection,
  type PairwiseRow,
  parseVerdictFlag,
  refuseUnclear,
  shapes,
  type UnpairedExample,
} from "@dpo-kit/pairwise";
import type { Outcome } from "@dpo-kit/preference";
import { carriedJsonText, DataError, type JsonObject } from "@dpo-kit/schema";
import type { ReadingRequest } from "../conversion-request.ts";
import { csvRows, sampleCsvRows } from "./csv-rows.ts";
import { jsonRows, sampleJsonRows } from "./json-rows.ts";
import { factsOf, mappingOf } from "./pairwise-facts.ts";
import type {
  FormatClaim,
  FormatEncodeOptions,
  FormatPlan,
  FormatReadOptions,
  PipelineFormat,
} from "./pipeline-format.ts";
import { policyOf } from "./policy-of.ts";
import { whyNoRows } from "./why-no-rows.ts";

/** Rows of preference datasets as JSON Lines, as one JSON array or as delimited text. */
export const pairwisePipelineFormat: PipelineFormat = {
  id: "pairwise",
  title: "Preference datasets as rows (Hugging Face style)",
  detail:
    "JSON Lines, a JSON array, or CSV with verdicts, ranks or scores; one comparison a row, or one answer; the shape is found by the columns",
  variants: shapes.map(({ id, title }) => ({ id, title })),
  async detect(text, request) {
    const layout = layouts[text.kind];
    const rows = layout === undefined ? [] : await layout.sample(text, request);
    if (text.kind === "text" && detectCsv(text, request).score > 0.5) {
      return claimOnPairs(rows, request);
    }
    if (layout === undefined) {
      return { confidence: 0, why: `it begins as ${text.kind}` };
    }
    if (rows.length === 0) {
      return text.kind === "text" ? { confidence: 0, why: "it holds no rows" } : whyNoRows(text);
    }
    return text.kind === "text" ? claimOnTable(rows, request) : claimOnRows(rows, request);
  },
  async plan(text, request, source) {
    const { name, open, sample } = layouts[text.kind] ?? linesLayout;
    return planRows({
      rows: await sample(text, request),
      request,
      source,
      layout: name,
      open: (decoded, read) => open(decoded, request, read),
    });
  },
};

/** How rows are written. */
interface RowsLayout {
  readonly name: string;
  sample(text: DecodedText, request: ReadingRequest): Promise<JsonObject[]>;
  open(text: Source, request: ReadingRequest, read: FormatReadOptions): AsyncIterable<PairwiseRow>;
}

const SAMPLED_ROWS = 1000;

const linesLayout: RowsLayout = {
  name: "JSON Lines",
  sample: (text) => sampleJsonRows(text, SAMPLED_ROWS),
  open: (text, _request, read) => jsonRows(text, false, read),
};

const layouts: Partial<Record<DecodedText["kind"], RowsLayout>> = {
  "json-object-lines": linesLayout,
  "json-array": {
    ...linesLayout,
    name: "one JSON array",
    open: (text, _request, read) => jsonRows(text, true, read),
  },
  text: {
    name: "delimited text",
    sample: (text, request) => sampleCsvRows(text, request, SAMPLED_ROWS),
    open: csvRows,
  },
};

function claimOnRows(rows: readonly JsonObject[], request: ReadingRequest): FormatClaim {
  const { chosen } = detectPairwise(rows, mappingOptions(request));
  return chosen === undefined
    ? { confidence: 0.1, why: "it is JSON, and its columns are of no known shape" }
    : { confidence: chosen.family === "N" ? 0.2 : 0.9, why: chosen.why };
}

/** A table with a better and a worse answer is for the reader of tables, unless it only tells where the answers are. */
function claimOnPairs(rows: readonly JsonObject[], request: ReadingRequest): FormatClaim {
  return namesAnswersElsewhere(rows, { columns: request.columns })
    ? { confidence: 1, why: "its columns for the better and the worse answer name other columns" }
    : { confidence: 0, why: "it is a table with a better and a worse answer" };
}

/** Families whose rows are no table with a better and a worse answer: that one the reader of tables takes. */
const tableFamilies: ReadonlySet<string> = new Set(["W", "L", "R", "K", "G"]);

/** Of rows without preferences: above it their values tell what they are instead, not only their names. */
const SURE = 0.5;

function claimOnTable(rows: readonly JsonObject[], request: ReadingRequest): FormatClaim {
  const { chosen } = detectTable(rows, request) ?? {};
  const isSure =
    chosen !== undefined &&
    (tableFamilies.has(chosen.family) || (chosen.family === "N" && chosen.confidence > SURE));
  return isSure
    ? { confidence: 0.9, why: chosen.why }
    : { confidence: 0, why: "it is a table, and its columns are of no known shape" };
}

/** What flags name that is not there, the reader of tables says best. */
function detectTable(rows: readonly JsonObject[], request: ReadingRequest): PairwiseDetection | undefined {
  try {
    return detectPairwise(rows, mappingOptions(request));
  } catch (error) {
    if (DataError.isInstance(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Rows whose conversion is to be planned. */
export interface RowsToPlan {
  /** The first of them. */
  readonly rows: readonly JsonObject[];
  readonly request: ReadingRequest;
  /** The source's name, for errors. */
  readonly source: string;
  /** How they are stored, for the plan. */
  readonly layout: string;
  /** Reads all of them and counts them as units; of what is no text there is no text to read. */
  open(text: Source, read: FormatReadOptions): AsyncIterable<PairwiseRow>;
}

/**
 * Says what would be done with rows, however they are stored.
 * @throws the questions of `detectPairwise`, and RUN_FORMAT_UNKNOWN
 */
export function planRows({ rows, request, source, layout, open }: RowsToPlan): FormatPlan {
  const mapping = mappingOptions(request);
  const detection = placed(source, () => detectPairwise(rows, mapping));
  placed(source, () => refuseUnclear(detection, rows));
  const options: PairwiseConvertOptions = { ...mapping, detection, policy: policyOf(request) };
  return {
    facts: factsOf(detection, layout),
    mapping: mappingOf(detection, request),
    columns: [...new Set(rows.flatMap((row) => Object.keys(row)))],
    transforms: [],
    losses: detection.unmapped.map((name) => ({
      what: `column ${JSON.stringify(name)}`,
      why: "no part of a pair is in it, by its name",
    })),
    convert: (text, read) => convertRows(open(text, read), { options, read }),
    encode: (text, read) => encodeRows((units) => open(text, { ...read, units }), { options, read }),
  };
}

function mappingOptions(request: ReadingRequest): PairwiseConvertOptions {
  const { columns, from, gatherBy, onDivergence, promptDelimiter, score, system, verdict } = request;
  return {
    columns,
    gatherBy,
    onDivergence,
    promptDelimiter,
    score,
    system,
    from: from === pairwisePipelineFormat.id ? undefined : from,
    verdict: verdict === undefined ? undefined : parseVerdictFlag(verdict),
  };
}

/** Errors of shapes know the rows, not the file they are of. */
function placed<T>(source: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (DataError.isInstance(error) && error.location === undefined) {
      const { code, message, hint } = error;
      throw new DataError(code, { message, hint, location: { source }, cause: error });
    }
    throw error;
  }
}

interface RowsOptions {
  readonly options: PairwiseConvertOptions;
  readonly read: FormatReadOptions;
}

async function* convertRows(
  rows: AsyncIterable<PairwiseRow>,
  { options, read }: RowsOptions,
): AsyncGenerator<Outcome> {
  try {
    yield* convertPairwise(rows, { ...options, ...readingOptions(read) });
  } catch (error) {
    placed(read.source, () => {
      throw error;
    });
  }
}

async function* encodeRows(
  open: (units: UnitLedger) => AsyncIterable<PairwiseRow>,
  { options, read }: RowsOptions & { read: FormatEncodeOptions },
): AsyncGenerator<PairBatch> {
  const units = emptyLedgers().units;
  const takeUnits = (): UnitLedger => {
    const taken = { ...units };
    Object.assign(units, emptyLedgers().units);
    return taken;
  };
  try {
    yield* encodePairwise(open(units), { ...options, ...read.encoder, ...readingOptions(read), takeUnits });
  } catch (error) {
    placed(read.source, () => {
      throw error;
    });
  }
}

function readingOptions({ signal, onUnpaired }: FormatReadOptions): PairwiseConvertOptions {
  return {
    signal,
    ...(onUnpaired === undefined ? {} : { onUnpaired: (example) => onUnpaired(unpairedLine(example)) }),
  };
}

function unpairedLine({ prompt, completion, label }: UnpairedExample): string {
  return carriedJsonText({ prompt, completion, label });
}
