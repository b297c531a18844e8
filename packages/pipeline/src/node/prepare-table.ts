import { type InputSource, peekChunks, readChunks, type SniffedKind, sniffBytes } from "@dpo-kit/io";
import { digestFile, readRowBlocks, readRows } from "@dpo-kit/io/node";
import type { PairwiseRow } from "@dpo-kit/pairwise";
import { DataError, type JsonObject, type JsonValue } from "@dpo-kit/schema";
import type { SourcePlan } from "../conversion-plan.ts";
import { chatPipelineFormat, planChatRows } from "../formats/chat-pipeline-format.ts";
import { countUnit } from "../formats/count-unit.ts";
import { CountedTableRow } from "../formats/counted-table-row.ts";
import { pairwisePipelineFormat, planRows, type RowsToPlan } from "../formats/pairwise-pipeline-format.ts";
import type { FormatPlan, FormatReadOptions, PipelineFormat } from "../formats/pipeline-format.ts";
import type { FoundSource } from "../source-set.ts";
import { type PreparedSource, type PrepareOptions, passedOn } from "./prepare-source.ts";
import { PREVIEWED_RECORDS, previewOutcomes } from "./preview-text.ts";

/** Files of rows that are no text, and what they are called. */
const tableKinds: Partial<Record<SniffedKind, string>> = {
  parquet: "Parquet",
  arrow: "Arrow",
  zip: "the only member of a zip archive",
};

/** How many rows are looked at before a conversion. */
const SAMPLED_ROWS = 1000;
const SAMPLED_BYTES = 8 * 2 ** 20;

/** The kind of a source that is a table and no text; undefined for all others. */
export async function tableKindOf(
  input: InputSource,
  { environment }: PrepareOptions,
): Promise<SniffedKind | undefined> {
  if (!input.rereadable) {
    return undefined;
  }
  const { signal } = environment;
  const peeked = await peekChunks(readChunks(input.open(signal === undefined ? {} : { signal })), 4096);
  await peeked.chunks.return();
  const kind = sniffBytes(peeked.head);
  return tableKinds[kind] === undefined ? undefined : kind;
}

/**
 * Plans the conversion of a Parquet or Arrow file, or of a zip archive of rows.
 * @throws what `readRows` and the plan of rows throw
 */
export async function prepareTable(
  input: InputSource,
  kind: SniffedKind,
  options: PrepareOptions,
): Promise<PreparedSource> {
  const { request, environment } = options;
  const { limit } = request;
  const read: FormatReadOptions = {
    source: input.name,
    ...(limit === undefined ? {} : { limit }),
    ...(environment.signal === undefined ? {} : { signal: environment.signal }),
  };
  const rows = await sampleRows(input, read);
  const source = input.name;
  const chatPlan = await planChatRows({ rows, source, open: () => rowValues(input, read) }, request);
  const open: RowsToPlan["open"] = (_text, given) => tableRows(input, given);
  const formatPlan = chatPlan ?? planRows({ rows, request, source, layout: tableKinds[kind]!, open });
  const format = chatPlan === undefined ? pairwisePipelineFormat : chatPipelineFormat;
  return {
    input,
    plan: await planOfTable(input, formatPlan, format),
    async *encode({ encoder, watch, ...rest }) {
      yield* formatPlan.encode("", { ...read, ...passedOn({ encoder, watch, ...rest }), encoder });
      // Parts of a table are read in any order: its digest is made of the file as it is.
      watch.digest?.(await digestFile(input.name).catch(() => undefined), input.size);
    },
    close: async () => {},
  };
}

async function planOfTable(
  input: FoundSource,
  formatPlan: FormatPlan,
  { id, title }: PipelineFormat,
): Promise<SourcePlan> {
  const read = { source: input.name, limit: PREVIEWED_RECORDS + 1 };
  const preview = await previewOutcomes(() => formatPlan.convert("", read), { isComplete: () => true });
  return {
    source: input.name,
    ...(input.size === undefined ? {} : { size: input.size }),
    format: id,
    formatTitle: title,
    ...(formatPlan.unit === undefined ? {} : { unit: formatPlan.unit }),
    facts: [
      { label: "format", value: title, why: "its first bytes say so" },
      ...(input.facts ?? []),
      ...formatPlan.facts,
    ],
    mapping: formatPlan.mapping,
    columns: formatPlan.columns,
    losses: formatPlan.losses,
    ...preview,
  };
}

async function sampleRows(input: InputSource, read: FormatReadOptions): Promise<JsonObject[]> {
  const rows: JsonObject[] = [];
  let bytes = 0;
  for await (const { value, bytes: size } of readRows(input, readOptions(read))) {
    bytes += size;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      rows.push(value);
    }
    if (rows.length >= SAMPLED_ROWS || bytes >= SAMPLED_BYTES) {
      break;
    }
  }
  if (rows.length === 0) {
    throw new DataError("RUN_NO_PREFERENCES", {
      message: "The table has no rows",
      location: { source: input.name },
    });
  }
  return rows;
}

/** What cannot be read of a row is no object: then it is told as damaged. */
async function* rowValues(input: InputSource, read: FormatReadOptions): AsyncGenerator<JsonValue> {
  for await (const { issues, value } of readRows(input, readOptions(read))) {
    yield issues.length === 0 ? ((value ?? null) as JsonValue) : null;
  }
}

async function* tableRows(input: InputSource, read: FormatReadOptions): AsyncGenerator<PairwiseRow> {
  const { limit = Number.POSITIVE_INFINITY, units } = read;
  const onBlank = (): void => countUnit(units, "blank");
  let count = 0;
  for await (const rows of readRowBlocks(input, { ...readOptions(read), onBlank })) {
    for (const row of rows) {
      const counted = new CountedTableRow(row);
      yield counted;
      countUnit(units, counted.unit);
      count += 1;
      if (count >= limit) {
        return;
      }
    }
  }
}

function readOptions({ source, signal }: FormatReadOptions): { source: string; signal?: AbortSignal } {
  return { source, ...(signal === undefined ? {} : { signal }) };
}
