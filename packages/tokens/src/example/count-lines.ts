import type { AssistantMessage, FunctionTool, Message } from "@dpo-kit/schema";
import type { CountTokens } from "../encoding/text-counter.ts";
import { countExampleTokens } from "./count-example.ts";

/** Canonical lines and where their parts are. A `PairBatch` is one. */
export interface EncodedLines {
  /** How many lines. */
  readonly count: number;
  /** The lines, UTF-8. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Eight offsets a line: start and end of messages, tools, preferred and non-preferred answer. */
  readonly spans: Uint32Array<ArrayBuffer>;
}

/** The tokens of each line: see {@link ExampleTokens}. */
export interface LineTokens {
  readonly prompt: Uint32Array<ArrayBuffer>;
  readonly preferred: Uint32Array<ArrayBuffer>;
  readonly nonPreferred: Uint32Array<ArrayBuffer>;
  /** Of each line 1 where all of the chat format is documented, else 0: its figures are lower bounds. */
  readonly documented: Uint8Array<ArrayBuffer>;
}

const SPANS_PER_LINE = 8;

/** Counts the tokens of every line. */
export function countLineTokens(lines: EncodedLines, countTokens: CountTokens): LineTokens {
  const { count } = lines;
  const tokens: LineTokens = {
    prompt: new Uint32Array(count),
    preferred: new Uint32Array(count),
    nonPreferred: new Uint32Array(count),
    documented: new Uint8Array(count),
  };
  for (let line = 0; line < count; line += 1) {
    const parts = {
      messages: part<Message>(lines, line, 0),
      tools: part<FunctionTool>(lines, line, 2),
      preferred: part<AssistantMessage>(lines, line, 4),
      nonPreferred: part<AssistantMessage>(lines, line, 6),
    };
    const { prompt, preferred, nonPreferred, documented } = countExampleTokens(parts, countTokens);
    tokens.prompt[line] = prompt;
    tokens.preferred[line] = preferred;
    tokens.nonPreferred[line] = nonPreferred;
    tokens.documented[line] = documented ? 1 : 0;
  }
  return tokens;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** A part of a line that the line leaves out has no bytes and is an empty list. */
function part<T>({ bytes, spans }: EncodedLines, line: number, at: number): T[] {
  const start = spans[line * SPANS_PER_LINE + at]!;
  const end = spans[line * SPANS_PER_LINE + at + 1]!;
  return start === end ? [] : (JSON.parse(utf8.decode(bytes.subarray(start, end))) as T[]);
}

/** The tokens of a line's longer side: its input and the longer answer, which must fit into a model's window. */
export function longerSideTokens(tokens: LineTokens, line: number): number {
  return tokens.prompt[line]! + Math.max(tokens.preferred[line]!, tokens.nonPreferred[line]!);
}
