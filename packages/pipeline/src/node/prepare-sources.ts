import type { PairBatch, PairBatchEncoderOptions } from "@dpo-kit/batch";
import { type DecodedText, decodeText, type InputSource } from "@dpo-kit/io";
import { nodeDecompressors } from "@dpo-kit/io/node";
import type { PlanFact, SourcePlan } from "../conversion-plan.ts";
import type { ReadingRequest, RunEnvironment } from "../conversion-request.ts";
import { chooseFormat } from "../formats/formats.ts";
import type { FormatPlan } from "../formats/pipeline-format.ts";
import { previewText } from "./preview-text.ts";

/** A source whose beginning was read and whose plan is made. */
export interface PreparedSource {
  readonly input: InputSource;
  readonly plan: SourcePlan;
  /** Its pairs. Can be called once. `tap` is shown every chunk as it is read, before unpacking. */
  encode(options: { encoder: PairBatchEncoderOptions; tap: (chunk: Uint8Array) => void }): AsyncIterable<PairBatch>;
  /** Gives back what it holds open. */
  close(): Promise<void>;
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
export async function prepareSource(input: InputSource, options: PrepareOptions): Promise<PreparedSource> {
  const { request, environment } = options;
  let tap: ((chunk: Uint8Array) => void) | undefined;
  const unseen: Uint8Array[] = [];
  const watched = (chunk: Uint8Array): void => {
    if (tap === undefined && !input.rereadable) {
      unseen.push(chunk);
    }
    tap?.(chunk);
  };
  const open = (): Promise<DecodedText> => openText(input, options, watched);
  let text: DecodedText | undefined = await open();
  const { format, why } = chooseFormat(text, { source: input.name, ...(request.from === undefined ? {} : { from: request.from }) });
  const formatPlan = format.plan(text, request, input.name);
  const preview = await previewText(text, formatPlan, input.name);
  const plan: SourcePlan = {
    source: input.name,
    ...(input.size === undefined ? {} : { size: input.size }),
    format: format.id,
    formatTitle: format.title,
    facts: [{ label: "format", value: format.title, why }, ...textFacts(text), ...formatPlan.facts],
    mapping: formatPlan.mapping,
    transforms: formatPlan.transforms,
    losses: formatPlan.losses,
    notes: [],
    ...preview,
  };
  if (input.rereadable) {
    await text.chunks.return();
    text = undefined;
  }
  return {
    input,
    plan,
    async *encode({ encoder, tap: given }) {
      tap = given;
      unseen.splice(0).forEach(given);
      text ??= await open();
      yield* formatPlan.encode(text.chunks, { ...readOptions(request, environment, input.name), encoder });
    },
    async close() {
      await text?.chunks.return();
    },
  };
}

function openText(input: InputSource, options: PrepareOptions, tap: (chunk: Uint8Array) => void): Promise<DecodedText> {
  const { encoding } = options.request;
  const { signal } = options.environment;
  return decodeText(tapped(input.open(signal === undefined ? {} : { signal }), tap), {
    source: input.name,
    decompressors: nodeDecompressors,
    ...(encoding === undefined ? {} : { encoding }),
    ...(signal === undefined ? {} : { signal }),
  });
}

async function* tapped(
  chunks: AsyncIterable<Uint8Array>,
  tap: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    tap(chunk);
    yield chunk;
  }
}

function readOptions(
  { maxCellBytes, limit }: ReadingRequest,
  { signal }: RunEnvironment,
  source: string,
): Parameters<FormatPlan["encode"]>[1] extends infer Options ? Omit<Options, "encoder"> : never {
  return {
    source,
    ...(maxCellBytes === undefined ? {} : { maxCellBytes }),
    ...(limit === undefined ? {} : { limit }),
    ...(signal === undefined ? {} : { signal }),
  } as never;
}

function textFacts({ compression, encoding, encodingReason, byteOrderMark }: DecodedText): PlanFact[] {
  return [
    ...(compression === "none" ? [] : [{ label: "compression", value: compression, why: "its first bytes say so" }]),
    {
      label: "encoding",
      value: byteOrderMark ? `${encoding}, with a byte order mark` : encoding,
      why: encodingReason,
    },
  ];
}
