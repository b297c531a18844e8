import type { PairBatch, PairBatchEncoderOptions } from "@dpo-kit/batch";
import type { ChatCounts } from "@dpo-kit/chat";
import { type DecodedText, decodeText, type InputSource } from "@dpo-kit/io";
import { nodeDecompressors } from "@dpo-kit/io/node";
import { diskStore } from "@dpo-kit/preference/node";
import type { PlanFact, SourcePlan } from "../conversion-plan.ts";
import type { ReadingRequest, RunEnvironment } from "../conversion-request.ts";
import { chooseFormat } from "../formats/formats.ts";
import type { FormatPlan, FormatReadOptions } from "../formats/pipeline-format.ts";
import type { FoundSource } from "../source-set.ts";
import { type InputWatch, watchChunks } from "./input-watch.ts";
import { prepareSet } from "./prepare-set.ts";
import { prepareTable, tableKindOf } from "./prepare-table.ts";
import { previewText } from "./preview-text.ts";
import { withWholeRow } from "./whole-first-row.ts";

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
  /** Filled by chat logs. */
  readonly chatCounts?: ChatCounts;
  /** An existing folder for what is gathered and does not fit into memory. Default: memory only. */
  readonly folder?: string;
}

/** What is handed on to a format as it is. */
export function passedOn({
  chatCounts,
  folder,
  onUnpaired,
}: EncodeSourceOptions): Partial<FormatReadOptions> {
  return {
    ...(onUnpaired === undefined ? {} : { onUnpaired }),
    ...(chatCounts === undefined ? {} : { chatCounts }),
    ...(folder === undefined ? {} : { createStore: () => diskStore({ directory: folder }) }),
  };
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
  const { set } = input;
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
  const { formatPlan, plan } = await planned(text, input, request);
  if (input.rereadable) {
    await text.chunks.return();
    text = undefined;
  }
  return {
    input,
    plan,
    async *encode({ encoder, watch, ...rest }) {
      await late.begin(watch);
      text ??= await open();
      yield* formatPlan.encode(text.chunks, {
        ...readOptions(request, environment, input.name),
        ...passedOn({ encoder, watch, ...rest }),
        ...(input.rereadable ? { readAgain: () => readOnceMore(input, options) } : {}),
        encoder,
      });
    },
    async close() {
      await text?.chunks.return();
    },
  };
}

/**
 * What would be done with a text. One that is refused is let go.
 * @throws what `chooseFormat` and the format's plan throw
 */
async function planned(
  text: DecodedText,
  { facts = [], name, size }: FoundSource,
  request: ReadingRequest,
): Promise<{ formatPlan: FormatPlan; plan: SourcePlan }> {
  try {
    const { format, why } = await chooseFormat(text, request, name);
    const formatPlan = await format.plan(text, request, name);
    const { columns, losses, mapping, unit } = formatPlan;
    const chosen = { label: "format", value: format.title, why };
    const plan = {
      source: name,
      ...(size === undefined ? {} : { size }),
      format: format.id,
      formatTitle: format.title,
      ...(unit === undefined ? {} : { unit }),
      facts: [chosen, ...facts, ...textFacts(text), ...formatPlan.facts],
      mapping,
      columns,
      losses,
      ...(await previewText(text, formatPlan, name)),
    };
    return { formatPlan, plan };
  } catch (error) {
    await text.chunks.return();
    throw error;
  }
}

async function openText(
  input: InputSource,
  options: PrepareOptions,
  watch: InputWatch,
): Promise<DecodedText> {
  const { encoding } = options.request;
  const { signal } = options.environment;
  const text = await decodeText(watchChunks(input.open(signal === undefined ? {} : { signal }), watch), {
    source: input.name,
    decompressors: nodeDecompressors,
    ...(encoding === undefined ? {} : { encoding }),
    ...(signal === undefined ? {} : { signal }),
  });
  return withWholeRow(text);
}

/** Nobody watches: its bytes were counted when it was read first. */
async function* readOnceMore(
  input: InputSource,
  options: PrepareOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { chunks } = await openText(input, options, { chunk: async () => {}, end: () => {} });
  yield* chunks;
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
