import type { PairBatch, PairBatchEncoderOptions } from "@dpo-kit/batch";
import { type DecodedText, decodeText, type InputSource } from "@dpo-kit/io";
import { nodeDecompressors } from "@dpo-kit/io/node";
import type { PlanFact, SourcePlan } from "../conversion-plan.ts";
import type { ReadingRequest, RunEnvironment } from "../conversion-request.ts";
import { chooseFormat } from "../formats/formats.ts";
import type { FormatReadOptions } from "../formats/pipeline-format.ts";
import type { FoundSource } from "../source-set.ts";
import { type InputWatch, watchChunks } from "./input-watch.ts";
import { prepareSet } from "./prepare-set.ts";
import { prepareTable, tableKindOf } from "./prepare-table.ts";
import { previewText } from "./preview-text.ts";

/** A source whose beginning was read and whose plan is made. */
export interface PreparedSource {
  readonly input: InputSource;
  readonly plan: SourcePlan;
  /** Its pairs. Can be called once. `watch` is shown every chunk as it is read, before unpacking. */
  encode(options: EncodeSourceOptions): AsyncIterable<PairBatch>;
  /** Gives back what it holds open. */
  close(): Promise<void>;
}

/** Options of {@link PreparedSource.encode}. */
export interface EncodeSourceOptions {
  readonly encoder: PairBatchEncoderOptions;
  readonly watch: InputWatch;
  readonly onUnpaired?: ((line: string) => void) | undefined;
}

/** Options of {@link prepareSource}. */
export interface PrepareOptions {
  readonly request: ReadingRequest;
  readonly environment: RunEnvironment;
}

/**
 * Reads the beginning of a source and plans its conversion.
 * @throws the refusals of `decodeText`, of the format's plan, and RUN_FORMAT_UNKNOWN
 */
export async function prepareSource(input: FoundSource, options: PrepareOptions): Promise<PreparedSource> {
  const { request, environment } = options;
  const { facts = [], set } = input;
  if (set !== undefined) {
    return prepareSet({ ...input, set }, options);
  }
  const table = await tableKindOf(input, options);
  if (table !== undefined) {
    return prepareTable(input, table, options);
  }
  const late = createLateWatch(input.rereadable);
  const open = (): Promise<DecodedText> => openText(input, options, late);
  let text: DecodedText | undefined = await open();
  const { format, why } = await chooseFormat(text, request, input.name);
  const formatPlan = await format.plan(text, request, input.name);
  const preview = await previewText(text, formatPlan, input.name);
  const plan: SourcePlan = {
    source: input.name,
    ...(input.size === undefined ? {} : { size: input.size }),
    format: format.id,
    formatTitle: format.title,
    facts: [{ label: "format", value: format.title, why }, ...facts, ...textFacts(text), ...formatPlan.facts],
    mapping: formatPlan.mapping,
    columns: formatPlan.columns,
    losses: formatPlan.losses,
    ...preview,
  };
  if (input.rereadable) {
    await text.chunks.return();
    text = undefined;
  }
  return {
    input,
    plan,
    async *encode({ encoder, watch, onUnpaired }) {
      await late.begin(watch);
      text ??= await open();
      yield* formatPlan.encode(text.chunks, {
        ...readOptions(request, environment, input.name),
        encoder,
        ...(onUnpaired === undefined ? {} : { onUnpaired }),
      });
    },
    async close() {
      await text?.chunks.return();
    },
  };
}

function openText(input: InputSource, options: PrepareOptions, watch: InputWatch): Promise<DecodedText> {
  const { encoding } = options.request;
  const { signal } = options.environment;
  return decodeText(watchChunks(input.open(signal === undefined ? {} : { signal }), watch), {
    source: input.name,
    decompressors: nodeDecompressors,
    ...(encoding === undefined ? {} : { encoding }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** What reading for the plan sees counts only where it is the one reading there is. */
function createLateWatch(rereadable: boolean): InputWatch & { begin(watch: InputWatch): Promise<void> } {
  let watch: InputWatch | undefined;
  let ended = false;
  const unseen: Uint8Array[] = [];
  return {
    async begin(given) {
      watch = given;
      for (const chunk of unseen.splice(0)) {
        await given.chunk(chunk);
      }
      if (ended) {
        given.end();
      }
    },
    chunk(chunk) {
      if (watch === undefined && !rereadable) {
        unseen.push(chunk);
      }
      return watch?.chunk(chunk);
    },
    end() {
      ended = !rereadable;
      watch?.end();
    },
  };
}

function readOptions(
  request: ReadingRequest,
  environment: RunEnvironment,
  source: string,
): FormatReadOptions {
  const { maxCellBytes, limit } = request;
  const { signal } = environment;
  return {
    source,
    ...(maxCellBytes === undefined ? {} : { maxCellBytes }),
    ...(limit === undefined ? {} : { limit }),
    ...(signal === undefined ? {} : { signal }),
  };
}

function textFacts({ compression, encoding, encodingReason, byteOrderMark }: DecodedText): PlanFact[] {
  return [
    ...(compression === "none"
      ? []
      : [{ label: "compression", value: compression, why: "its first bytes say so" }]),
    {
      label: "encoding",
      value: byteOrderMark ? `${encoding}, with a byte order mark` : encoding,
      why: encodingReason,
    },
  ];
}
