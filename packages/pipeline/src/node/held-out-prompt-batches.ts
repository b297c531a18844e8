import { createPairBatchEncoder, type PairBatch, type PairChecks } from "@dpo-kit/batch";
import { readCsv } from "@dpo-kit/csv";
import {
  type DecodedText,
  decodeText,
  type InputSource,
  peekChunks,
  readChunks,
  readRawLines,
  sniffBytes,
} from "@dpo-kit/io";
import { nodeDecompressors, readRows } from "@dpo-kit/io/node";
import type { JsonValue, Location } from "@dpo-kit/schema";
import type { RunEnvironment } from "../conversion-request.ts";
import { heldOutPrompts } from "../held-out-prompt.ts";

/** What is held out needs not to be fit for training. */
const noChecks: PairChecks = { validate: () => [], acceptedBy: () => 0 };

/** A row of any file, and where it stands. */
interface AnyRow {
  readonly value: JsonValue | undefined;
  readonly at: Location;
}

/**
 * The prompts of a held-out file (see {@link heldOutPrompts}) as pairs without answers: of JSON Lines, a JSON array, a
 * table, delimited text, or of a text file (`.txt`) each line.
 *
 * @throws what reading such files throws
 */
export async function* heldOutPromptBatches(
  input: InputSource,
  { signal }: RunEnvironment,
): AsyncGenerator<PairBatch, void, undefined> {
  const encoder = await createPairBatchEncoder({ checks: noChecks });
  for await (const { value, at } of rowsOf(input, signal === undefined ? {} : { signal })) {
    for (const messages of heldOutPrompts(value, at)) {
      const example = { input: { messages }, preferred_output: [], non_preferred_output: [] };
      const pairs = [{ example, rule: "held-out-prompt", transforms: [] }];
      encoder.add({ kind: "pairs", at, pairs, dropped: [] });
    }
    if (encoder.full) {
      yield encoder.flush();
    }
  }
  yield encoder.flush();
}

type Signal = { readonly signal?: AbortSignal };

async function* rowsOf(input: InputSource, signal: Signal): AsyncGenerator<AnyRow, void, undefined> {
  const kind = await textKind(input, signal);
  if (kind === "lines") {
    yield* linesOf(input, signal);
  } else if (kind === "table") {
    yield* csvRows(input, signal);
  } else {
    for await (const { value, at } of readRows(input, signal)) {
      yield { value, at };
    }
  }
}

/** How a text is read that is no JSON; undefined for all else. */
async function textKind(input: InputSource, signal: Signal): Promise<"lines" | "table" | undefined> {
  const peeked = await peekChunks(readChunks(input.open(signal)), 4096);
  await peeked.chunks.return();
  const sniffed = sniffBytes(peeked.head);
  if (sniffed === "parquet" || sniffed === "arrow" || sniffed === "zip") {
    return undefined;
  }
  const text = await openText(input, signal);
  await text.chunks.return();
  if (text.kind !== "text") {
    return undefined;
  }
  return /\.txt(?:\.|$)/iu.test(input.baseName) ? "lines" : "table";
}

function openText(input: InputSource, signal: Signal): Promise<DecodedText> {
  return decodeText(input.open(signal), {
    source: input.name,
    decompressors: nodeDecompressors,
    ...signal,
  });
}

async function* csvRows(input: InputSource, signal: Signal): AsyncGenerator<AnyRow, void, undefined> {
  const { chunks } = await openText(input, signal);
  for await (const row of readCsv(chunks, { source: input.name, encoding: "utf-8", ...signal })) {
    if (row.kind === "row") {
      const { at, cells, header } = row;
      yield { at, value: Object.fromEntries(header.map((name, index) => [name, cells[index]!])) };
    }
  }
}

async function* linesOf(input: InputSource, signal: Signal): AsyncGenerator<AnyRow, void, undefined> {
  const { chunks } = await openText(input, signal);
  for await (const lines of readRawLines(chunks)) {
    for (const { bytes, ordinal, line } of lines) {
      yield { value: utf8.decode(bytes), at: { source: input.name, ordinal, line } };
    }
  }
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
