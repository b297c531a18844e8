import type { AssistantMessage, FunctionTool, JsonValue, Message } from "@dpo-kit/schema";
import { type PairBatch, SPANS_PER_LINE } from "./pair-batch.ts";

/** The parts of a line that can be decoded on their own. */
export interface SpanValues {
  messages: Message[];
  tools: FunctionTool[];
  preferred: AssistantMessage[];
  nonPreferred: AssistantMessage[];
}

const spanOffset: Record<keyof SpanValues, number> = { messages: 0, tools: 2, preferred: 4, nonPreferred: 6 };

/** The bytes of a line with its `\n`, as a view into the batch. */
export function lineBytes(batch: PairBatch, line: number): Uint8Array<ArrayBuffer> {
  return batch.bytes.subarray(line === 0 ? 0 : batch.lineEnd[line - 1]!, batch.lineEnd[line]!);
}

/** The text of a line, without its `\n`. */
export function lineText(batch: PairBatch, line: number): string {
  return utf8.decode(lineBytes(batch, line).subarray(0, -1));
}

/** Parses one part of a line. Tools that the line leaves out are an empty list. */
export function decodeSpan<Which extends keyof SpanValues>(
  batch: PairBatch,
  line: number,
  which: Which,
): SpanValues[Which] {
  const at = line * SPANS_PER_LINE + spanOffset[which];
  const start = batch.spans[at]!;
  const end = batch.spans[at + 1]!;
  const value = start === end ? [] : JSON.parse(utf8.decode(batch.bytes.subarray(start, end)));
  return value as JsonValue as unknown as SpanValues[Which];
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** The buffers of a batch that can go to another thread by transfer; the batch is empty here afterwards. */
export function transferablesOf(batch: PairBatch): ArrayBuffer[] {
  const columns = Object.values(batch).filter((column): column is Uint8Array<ArrayBuffer> =>
    ArrayBuffer.isView(column),
  );
  const groups = batch.groups.flatMap(({ hash, index }) => [hash, index]);
  return [...columns, ...groups].map((column) => column.buffer as ArrayBuffer);
}
