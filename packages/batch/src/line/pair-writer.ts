import type { DpoExample } from "@dpo-kit/schema";
import type { TextKernel } from "../kernel/text-kernel.ts";
import { ByteBuffer } from "../storage/byte-buffer.ts";
import { type FormatOptions, toolsJson } from "./format-example.ts";
import { encodeAll, MessageWriter, type TextSource } from "./message-writer.ts";

/** The pair of the commonest shape: a system text perhaps, a prompt, two answers. */
export interface TextParts {
  system?: TextSource | undefined;
  prompt: TextSource;
  preferred: TextSource;
  nonPreferred: TextSource;
}

const FIRST_CAPACITY = 1 << 16;

/** Writes canonical lines one behind another; of the last one it knows the spans and what its keys are of. */
export class PairWriter {
  readonly line: ByteBuffer;
  /** The eight offsets of `PairBatch.spans`, in that order, of the last line. */
  readonly spans: Uint32Array = new Uint32Array(8);
  readonly #messages: MessageWriter;
  readonly #lean: boolean;
  #promptEnd = 0;
  #preferredEnd = 0;

  constructor(kernel: TextKernel, options: FormatOptions) {
    this.line = new ByteBuffer(FIRST_CAPACITY);
    this.#messages = new MessageWriter(this.line, kernel);
    this.#lean = options.lean ?? false;
  }

  /** Whether a text of the last line holds `<|`, with which the reserved tokens of chat templates begin. */
  get holdsMark(): boolean {
    return this.#messages.holdsMark;
  }

  /** How much memory it holds, in bytes, about. */
  get capacity(): number {
    return this.line.bytes.length + this.#messages.material.bytes.length;
  }

  /** What the key of the last line's prompt is computed of. */
  get promptMaterial(): Uint8Array {
    return this.#messages.material.bytes.subarray(0, this.#promptEnd);
  }

  /** What the key of the last line's preferred answer is computed of. */
  get preferredMaterial(): Uint8Array {
    return this.#messages.material.bytes.subarray(this.#promptEnd, this.#preferredEnd);
  }

  /** What the key of the last line's non-preferred answer is computed of. */
  get nonPreferredMaterial(): Uint8Array {
    const { material } = this.#messages;
    return material.bytes.subarray(this.#preferredEnd, material.length);
  }

  /** Writes the line of an example that nothing is wrong with, with its `\n`. */
  writeExample(example: DpoExample): void {
    const { messages, tools = [], parallel_tool_calls: parallel = true } = example.input;
    const toolsBytes = tools.length === 0 ? this.#noTools : utf8.encode(toolsJson(tools));
    this.#begin();
    this.#messages.messages(messages);
    this.#endPrompt(toolsBytes, parallel);
    this.#messages.messages(example.preferred_output);
    this.#endPreferred();
    this.#messages.messages(example.non_preferred_output);
    this.#end();
  }

  /** Writes the line of a pair of texts, with its `\n`: the same bytes as its example would give. */
  writeTexts(parts: TextParts): void {
    const messages = this.#messages;
    this.#begin();
    messages.openList(parts.system === undefined ? 1 : 2);
    if (parts.system !== undefined) {
      messages.plainMessage("system", parts.system);
      this.line.append(json.comma);
    }
    messages.plainMessage("user", parts.prompt);
    messages.closeList();
    this.#endPrompt(this.#noTools, true);
    this.#answer(parts.preferred);
    this.#endPreferred();
    this.#answer(parts.nonPreferred);
    this.#end();
  }

  #answer(text: TextSource): void {
    this.#messages.openList(1);
    this.#messages.plainMessage("assistant", text);
    this.#messages.closeList();
  }

  #begin(): void {
    this.#messages.material.length = 0;
    this.#messages.holdsMark = false;
    this.line.append(json.messages);
    this.#mark(0);
  }

  get #noTools(): Uint8Array | undefined {
    return this.#lean ? undefined : json.noTools;
  }

  #endPrompt(tools: Uint8Array | undefined, parallel: boolean): void {
    this.#mark(1);
    this.#promptEnd = this.#messages.material.length;
    this.spans.fill(0, 2, 4);
    if (tools !== undefined) {
      this.line.append(json.tools);
      this.#mark(2);
      this.line.append(tools);
      this.#mark(3);
    }
    if (!this.#lean || !parallel) {
      this.line.append(parallel ? json.parallel : json.notParallel);
    }
    this.line.append(json.preferred);
    this.#mark(4);
  }

  #endPreferred(): void {
    this.#mark(5);
    this.#preferredEnd = this.#messages.material.length;
    this.line.append(json.nonPreferred);
    this.#mark(6);
  }

  #end(): void {
    this.#mark(7);
    this.line.append(json.end);
  }

  #mark(span: number): void {
    this.spans[span] = this.line.length;
  }
}

const utf8 = new TextEncoder();

const json = encodeAll({
  comma: ",",
  messages: '{"input":{"messages":',
  tools: ',"tools":',
  noTools: "[]",
  parallel: ',"parallel_tool_calls":true',
  notParallel: ',"parallel_tool_calls":false',
  preferred: '},"preferred_output":',
  nonPreferred: ',"non_preferred_output":',
  end: "}\n",
});
