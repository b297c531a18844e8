import { createPairBatchEncoder, type PairBatch, type UnitLedger } from "@dpo-kit/batch";
import {
  type DecodedText,
  type JsonRecord,
  readChunks,
  readJsonArray,
  readJsonLines,
  type Source,
} from "@dpo-kit/io";
import {
  convertPairwise,
  detectPairwise,
  type PairwiseConvertOptions,
  type PairwiseDetection,
  type PairwiseRow,
  parseVerdictFlag,
  refuseUnclear,
  shapes,
  type UnpairedExample,
} from "@dpo-kit/pairwise";
import { carriedMember, type Outcome, type PairPolicy } from "@dpo-kit/preference";
import { carriedJsonText, carryJson, DataError, type JsonObject, type JsonValue } from "@dpo-kit/schema";
import type { PlanFact, PlanMapping } from "../conversion-plan.ts";
import type { ReadingRequest } from "../conversion-request.ts";
import type {
  FormatEncodeOptions,
  FormatPlan,
  FormatReadOptions,
  PipelineFormat,
} from "./pipeline-format.ts";

/** Rows of preference datasets as JSON Lines or as one JSON array. */
export const pairwisePipelineFormat: PipelineFormat = {
  id: "pairwise",
  title: "Preference datasets as JSON (Hugging Face style)",
  detail:
    "JSON Lines or a JSON array; one comparison a row, or one answer; the shape is found by the columns",
  variants: shapes.map(({ id, title }) => ({ id, title })),
  async detect(text, request) {
    const rows = isJson(text) ? await sampleRows(text) : [];
    if (rows.length === 0) {
      return {
        confidence: 0,
        why: isJson(text) ? "no row of it is a JSON object" : `it begins as ${text.kind}`,
      };
    }
    const { chosen } = detectPairwise(rows, mappingOptions(request));
    return chosen === undefined
      ? { confidence: 0.1, why: "it is JSON, and its columns are of no known shape" }
      : { confidence: chosen.family === "N" ? 0.2 : 0.9, why: chosen.why };
  },
  async plan(text, request, source) {
    const inArray = text.kind === "json-array";
    return planRows({
      rows: await sampleRows(text),
      request,
      source,
      layout: inArray ? "one JSON array" : "JSON Lines",
      open: (decoded, read) => jsonRows(decoded, { inArray, read }),
    });
  },
};

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
    mapping: mappingOf(detection),
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

const isJson = ({ kind }: DecodedText): boolean => kind === "json-array" || kind === "json-object-lines";

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

function policyOf({ pairs, minMargin, maxPairsPerRecord, ties }: ReadingRequest): PairPolicy {
  return {
    ...(pairs === undefined ? {} : { pairs }),
    ...(minMargin === undefined ? {} : { minMargin }),
    ...(maxPairsPerRecord === undefined ? {} : { maxPairsPerRecord }),
    ...(ties === undefined ? {} : { ties }),
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

function factsOf({ chosen, alternatives, rows }: PairwiseDetection, layout: string): PlanFact[] {
  const others = alternatives.filter(({ family }) => family !== "N");
  return [
    { label: "layout", value: layout },
    ...(chosen === undefined
      ? []
      : [{ label: "shape", value: chosen.title, why: `${chosen.why} (${rows} rows looked at)` }]),
    ...others.map(({ flag, title, why }) => ({
      label: "also matches",
      value: title,
      why: `${why}; ${flag} chooses it`,
    })),
  ];
}

function mappingOf({ chosen }: PairwiseDetection): PlanMapping[] {
  return (chosen?.mapping ?? []).map(({ role, column }) => ({
    role: role === "nonPreferred" ? "non_preferred" : role,
    from: column,
    confidence: chosen!.confidence,
    why: "by its name and values",
  }));
}

interface RowsOptions {
  readonly options: PairwiseConvertOptions;
  readonly read: FormatReadOptions;
}

async function* convertRows(
  rows: AsyncIterable<PairwiseRow>,
  { options, read }: RowsOptions,
): AsyncGenerator<Outcome> {
  const { signal, onUnpaired, source } = read;
  const outcomes = convertPairwise(rows, {
    ...options,
    signal,
    ...(onUnpaired === undefined ? {} : { onUnpaired: (example) => onUnpaired(unpairedLine(example)) }),
  });
  try {
    yield* outcomes;
  } catch (error) {
    placed(source, () => {
      throw error;
    });
  }
}

async function* encodeRows(
  open: (units: UnitLedger) => AsyncIterable<PairwiseRow>,
  { options, read }: RowsOptions & { read: FormatEncodeOptions },
): AsyncGenerator<PairBatch> {
  const encoder = await createPairBatchEncoder(read.encoder);
  const units: UnitLedger = { read: 0, blank: 0, malformed: 0, intoRecords: 0, unjoined: 0, notRead: 0 };
  const takeUnits = (): UnitLedger => {
    const taken = { ...units };
    Object.assign(units, { read: 0, blank: 0, malformed: 0, intoRecords: 0 });
    return taken;
  };
  for await (const outcome of convertRows(open(units), { options, read })) {
    encoder.add(outcome);
    if (encoder.full) {
      encoder.addUnits(takeUnits());
      while (encoder.full) {
        yield encoder.flush();
      }
    }
  }
  encoder.addUnits(takeUnits());
  yield encoder.flush();
}

/** Rows are read one by one and counted; a limit leaves the rest unread. */
async function* jsonRows(
  text: Source,
  { inArray, read }: { inArray: boolean; read: FormatReadOptions },
): AsyncGenerator<PairwiseRow> {
  const { limit = Number.POSITIVE_INFINITY, signal, source, units } = read;
  const chunks = readChunks(text, signal === undefined ? {} : { signal });
  const records = inArray ? readJsonArray(chunks, { source }) : readJsonLines(chunks, { source });
  let count = 0;
  for await (const record of records) {
    const isBlank = "blank" in record && record.blank;
    countUnit(units, isBlank ? "blank" : isObject(record) ? "intoRecords" : "malformed");
    if (!isBlank) {
      yield rowOf(record, source);
      count += 1;
    }
    if (count >= limit) {
      return;
    }
  }
}

/** Counts one unit of a source, where somebody counts. */
export function countUnit(units: UnitLedger | undefined, kind: "blank" | "intoRecords" | "malformed"): void {
  if (units !== undefined) {
    units.read += 1;
    units[kind] += 1;
  }
}

const isObject = ({ value, issues }: JsonRecord): boolean => issues.length === 0 && isPlainObject(value);

/** What is carried through as JSON keeps its number tokens; nothing else of a row can hold such JSON. */
const mayCarry = /"(?:tools|functions|tool_calls|function_call|arguments)"/u;

function rowOf(record: JsonRecord, source: string): PairwiseRow {
  const { byteOffset, byteLength, column, issues, line, ordinal, text, value } = record;
  const parsed = text !== undefined && issues.length === 0 && mayCarry.test(text) ? carryJson(text) : value;
  const carried = isReject(parsed) ? carriedMember(parsed, "record") : parsed;
  return {
    ...(carried === undefined ? {} : { value: carried as JsonValue }),
    at: { source, ordinal, line, column, byteOffset },
    issues,
    bytes: byteLength,
  };
}

/**
 * Whether a row is an entry of a rejects file that has its record: what was mended there, or is read with other
 * options now, is read as the record it was.
 */
function isReject(value: unknown): value is JsonObject & { record: JsonObject } {
  return (
    isPlainObject(value) &&
    ["code", "severity", "message", "hint", "location"].every((name) => Object.hasOwn(value, name)) &&
    isPlainObject(value.record)
  );
}

function isPlainObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The rows of the beginning of a text that are whole. */
async function sampleRows({ head, kind }: DecodedText): Promise<JsonObject[]> {
  const chunks = readChunks(head);
  const rows: JsonObject[] = [];
  for await (const record of kind === "json-array" ? readJsonArray(chunks) : readJsonLines(chunks)) {
    if (isObject(record)) {
      const value = record.value as JsonObject;
      rows.push(isReject(value) ? value.record : value);
    }
    if (rows.length >= SAMPLED_ROWS) {
      break;
    }
  }
  return rows;
}

const SAMPLED_ROWS = 1000;

function unpairedLine({ prompt, completion, label }: UnpairedExample): string {
  return carriedJsonText({ prompt, completion, label });
}
