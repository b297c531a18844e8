import type { PairBatch } from "@dpo-kit/batch";
import { type DecodedText, decodeText, type InputSource } from "@dpo-kit/io";
import { nodeDecompressors } from "@dpo-kit/io/node";
import { DataError } from "@dpo-kit/schema";
import { type CanonicalLinesOptions, encodeCanonicalLines } from "../canonical-lines.ts";
import type { PlanFact, SourcePlan } from "../conversion-plan.ts";
import type { RewritingRequest, RunEnvironment } from "../conversion-request.ts";
import { groupFields } from "../plan-reducers.ts";
import { watchChunks } from "./input-watch.ts";
import { notUtf8, openJson } from "./open-json.ts";
import type { EncodeSourceOptions, PreparedSource } from "./prepare-source.ts";
import { openProvenance } from "./provenance-file.ts";

/** Options of {@link prepareLines}. */
export interface PrepareLinesOptions {
  readonly request: RewritingRequest;
  readonly environment: RunEnvironment;
}

/**
 * Prepares a file of canonical lines, which are carried as they stand. What a provenance file beside it knows of them
 * comes along.
 *
 * @throws IO_INVALID_ENCODING FILE_JSON_ARRAY and the refusals of `decodeText`
 */
export async function prepareLines(
  input: InputSource,
  options: PrepareLinesOptions,
): Promise<PreparedSource> {
  const text = input.rereadable ? await openJson(input, options.environment) : undefined;
  await text?.chunks.return();
  if (text !== undefined) {
    refuseOthers(text, input);
  }
  return {
    input,
    plan: planOfLines(input, text),
    encode: (given) => encodeLines(input, given, options),
    close: async () => {},
  };
}

function refuseOthers(text: DecodedText, input: InputSource): void {
  if (text.encoding !== "utf-8") {
    const { message, hint, location } = notUtf8(text, input);
    throw new DataError("IO_INVALID_ENCODING", { message, hint, location });
  }
  if (text.kind === "json-array") {
    throw new DataError("FILE_JSON_ARRAY", {
      location: { source: input.name },
      hint: "Write it as lines: dpo validate FILE --fix -o fixed.jsonl",
    });
  }
}

function planOfLines(input: InputSource, text: DecodedText | undefined): SourcePlan {
  return {
    source: input.name,
    ...(input.size === undefined ? {} : { size: input.size }),
    format: "canonical",
    formatTitle: "Canonical JSON Lines",
    facts: [{ label: "format", value: "Canonical JSON Lines" }, ...factsOf(text)],
    mapping: [],
    columns: [],
    transforms: text?.byteOrderMark === true ? ["byte-order-mark-removed"] : [],
    losses: [],
    notes: [],
    preview: [],
    sample: { records: 0, pairs: 0, rejected: 0, skipped: 0, complete: false },
  };
}

function factsOf(text: DecodedText | undefined): PlanFact[] {
  const { compression = "none" } = text ?? {};
  return compression === "none"
    ? []
    : [{ label: "compression", value: compression, why: "its first bytes say so" }];
}

async function* encodeLines(
  input: InputSource,
  { encoder, watch }: EncodeSourceOptions,
  { request, environment }: PrepareLinesOptions,
): AsyncGenerator<PairBatch> {
  const { signal } = environment;
  const { maxLineBytes, limit, provenance } = request;
  const { chunks } = await decodeText(
    watchChunks(input.open(signal === undefined ? {} : { signal }), watch),
    {
      source: input.name,
      decompressors: nodeDecompressors,
      encoding: "utf-8",
      ...(signal === undefined ? {} : { signal }),
    },
  );
  const { groupColumns: _, ...encoding } = encoder;
  const options: CanonicalLinesOptions = {
    source: input.name,
    encoder: encoding,
    ...(maxLineBytes === undefined ? {} : { maxLineBytes }),
    ...(limit === undefined ? {} : { limit }),
  };
  const fields = groupFields(request);
  const known =
    provenance === true || fields.length > 0 ? await openProvenance(input.name, fields) : undefined;
  try {
    for await (const batch of encodeCanonicalLines(chunks, options)) {
      yield known === undefined ? batch : known.join(batch);
    }
  } finally {
    known?.close();
  }
}
