import {
  type AssistantMessage,
  type FunctionCall,
  jsonString,
  type Message,
  type ToolCall,
} from "@dpo-kit/schema";
import type { TextKernel } from "../kernel/text-kernel.ts";
import { ByteBuffer } from "../storage/byte-buffer.ts";

/** A text as UTF-8 in somebody's buffer, or as a string. */
export type TextSource = TextSpan | string;

/** UTF-8 that lies in `bytes` from `start` to `end`. */
export interface TextSpan {
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** What kind of text a message says, as the material of its key states it. */
const SAID_TEXT = 0;
const SAID_REFUSAL = 1;

/** A message with everything any role may have. */
type AnyMessage = AssistantMessage & { tool_call_id?: string };

/**
 * Writes messages as canonical JSON behind {@link line}, and beside it behind {@link material} what keys are
 * computed of (`docs/keys.md`, "What is hashed"), in one walk over the texts.
 */
export class MessageWriter {
  readonly line: ByteBuffer;
  readonly material: ByteBuffer = new ByteBuffer(1 << 12);
  /** Whether a text written since this was set to false holds `<|`. */
  holdsMark = false;
  #saidAt = 0;
  #saidCount = 0;
  readonly #kernel: TextKernel;

  constructor(line: ByteBuffer, kernel: TextKernel) {
    this.line = line;
    this.#kernel = kernel;
  }

  /** Writes a list of messages. */
  messages(messages: readonly Message[]): void {
    this.openList(messages.length);
    messages.forEach((message, index) => {
      if (index > 0) {
        this.line.append(json.comma);
      }
      this.#message(message as AnyMessage);
    });
    this.closeList();
  }

  /** Begins a list of so many messages. */
  openList(count: number): void {
    this.line.append(json.openList);
    this.material.appendUint32(count);
  }

  closeList(): void {
    this.line.append(json.closeList);
  }

  /** Writes a message that has a role and a text and nothing else: the same bytes as {@link messages} would. */
  plainMessage(role: "system" | "user" | "assistant", text: TextSource): void {
    const { open, before, beforeNothing } = plain[role];
    const { line, material } = this;
    const start = material.length;
    line.append(open);
    material.append(before);
    this.#text(text);
    const length = material.length - start - before.length;
    if (length === 0) {
      material.length = start;
      material.append(beforeNothing);
    } else {
      material.setUint32(start + before.length - 4, length);
    }
    line.append(json.closeText);
    material.append(noNameNoCalls);
  }

  #message(message: AnyMessage): void {
    const { content, refusal, name, tool_call_id: callId, weight } = message;
    this.line.append(json.role);
    this.#field(message.role);
    this.#beginSaid();
    if (content !== undefined) {
      this.line.append(json.content);
      this.#content(content);
    }
    this.#optional(json.refusal, refusal, (text) => this.#said(SAID_REFUSAL, text));
    this.#endSaid();
    if (name === undefined || name === null) {
      this.material.append(emptyField);
    }
    this.#optional(json.name, name, (text) => this.#field(text));
    this.material.appendUint32((message.tool_calls?.length ?? 0) + (message.function_call ? 1 : 0));
    this.#optional(json.toolCalls, message.tool_calls, (calls) => this.#toolCalls(calls));
    this.#optional(json.toolCallId, callId, (id) => this.line.appendText(jsonString(id)));
    this.#optional(json.functionCall, message.function_call, (call) => this.#functionCall(call));
    this.#optional(json.weight, weight, (number) => this.line.appendText(String(number)));
    this.line.append(json.closeObject);
  }

  #content(content: Exclude<AssistantMessage["content"], undefined>): void {
    if (content === null) {
      this.line.append(json.null);
    } else if (typeof content === "string") {
      this.#said(SAID_TEXT, content);
    } else {
      this.line.append(json.openList);
      content.forEach((part, index) => {
        if (index > 0) {
          this.line.append(json.comma);
        }
        if (part.type === "text") {
          this.line.append(json.textPart);
          this.#said(SAID_TEXT, part.text);
        } else {
          this.line.append(json.refusalPart);
          this.#said(SAID_REFUSAL, part.refusal);
        }
        this.line.append(json.closeObject);
      });
      this.line.append(json.closeList);
    }
  }

  #toolCalls(calls: readonly ToolCall[]): void {
    this.line.append(json.openList);
    calls.forEach((call, index) => {
      const before = index > 0 ? "," : "";
      this.line.appendText(
        `${before}{"id":${jsonString(call.id)},"type":${jsonString(call.type)},"function":`,
      );
      this.#functionCall(call.function);
      this.line.append(json.closeObject);
    });
    this.line.append(json.closeList);
  }

  #functionCall(call: FunctionCall): void {
    this.line.append(json.callName);
    this.#field(call.name);
    this.line.append(json.callArguments);
    this.#field(call.arguments);
    this.line.append(json.closeObject);
  }

  #optional<T>(key: Uint8Array, value: T | null | undefined, write: (value: T) => void): void {
    if (value !== undefined) {
      this.line.append(key);
      if (value === null) {
        this.line.append(json.null);
      } else {
        write(value);
      }
    }
  }

  #beginSaid(): void {
    this.#saidAt = this.material.length;
    this.#saidCount = 0;
    this.material.appendUint32(0);
  }

  #endSaid(): void {
    this.material.setUint32(this.#saidAt, this.#saidCount);
  }

  /** A text of a message; one that folds to nothing is in the line, and not among what is hashed. */
  #said(kind: number, text: TextSource): void {
    const before = this.material.length;
    this.material.appendUint32(kind);
    if (this.#field(text) === 0) {
      this.material.length = before;
    } else {
      this.#saidCount += 1;
    }
  }

  /** A text as a JSON string, and folded as a field: its length in bytes, its bytes. Gives that length. */
  #field(text: TextSource): number {
    const { line, material } = this;
    const lengthAt = material.length;
    material.appendUint32(0);
    line.append(json.quote);
    this.#text(text);
    line.append(json.quote);
    const length = material.length - lengthAt - 4;
    material.setUint32(lengthAt, length);
    return length;
  }

  #text(text: TextSource): void {
    const source = typeof text === "string" ? text : text.bytes.subarray(text.start, text.end);
    if (this.#kernel.write(source, this.line, this.material)) {
      this.holdsMark = true;
    }
  }
}

const utf8 = new TextEncoder();

/** The pieces of canonical lines that are always the same. */
const json = encodeAll({
  comma: ",",
  quote: '"',
  null: "null",
  openList: "[",
  closeList: "]",
  closeObject: "}",
  closeText: '"}',
  role: '{"role":',
  content: ',"content":',
  refusal: ',"refusal":',
  name: ',"name":',
  toolCalls: ',"tool_calls":',
  toolCallId: ',"tool_call_id":',
  functionCall: ',"function_call":',
  weight: ',"weight":',
  textPart: '{"type":"text","text":',
  refusalPart: '{"type":"refusal","refusal":',
  callName: '{"name":',
  callArguments: ',"arguments":',
});

/** Encodes each text of a record once. */
export function encodeAll<Name extends string>(texts: Record<Name, string>): Record<Name, Uint8Array> {
  return Object.fromEntries(
    Object.entries<string>(texts).map(([name, text]) => [name, utf8.encode(text)]),
  ) as Record<Name, Uint8Array>;
}

const emptyField = new Uint8Array(4);

/** An empty name and the number 0 of calls. */
const noNameNoCalls = new Uint8Array(8);

const plain = {
  system: plainStart("system"),
  user: plainStart("user"),
  assistant: plainStart("assistant"),
};

/**
 * What stands before the text of a message that has nothing else: in the line, and in the material where the
 * text folds to something (the role, 1 text, its kind, its length, yet 0) and where it does not (the role, 0 texts).
 */
function plainStart(role: string): Record<"open" | "before" | "beforeNothing", Uint8Array> {
  const roleField = [role.length, 0, 0, 0, ...utf8.encode(role)];
  const zero = [0, 0, 0, 0];
  return {
    open: utf8.encode(`{"role":"${role}","content":"`),
    before: Uint8Array.from([...roleField, 1, 0, 0, 0, SAID_TEXT, 0, 0, 0, ...zero]),
    beforeNothing: Uint8Array.from([...roleField, ...zero]),
  };
}
