import { foldText } from "../keys/fold-text.ts";
import type { ByteBuffer } from "../storage/byte-buffer.ts";
import { foldCodePoint } from "./fold-code-point.ts";
import { assembleTextKernel } from "./text-kernel-code.ts";
import {
  CHUNK_BYTES,
  FLAG_BY_REFERENCE,
  FLAG_MARK,
  FOLD_TABLE_LENGTH,
  layout,
} from "./text-kernel-layout.ts";

/** Writes texts as the encoder needs them: in JSON and folded, in one walk. */
export interface TextKernel {
  /**
   * Appends a text to `line` as the inside of a JSON string, as `jsonString` writes it, and to `folded` as
   * `foldText` gives it. Gives whether the text holds `<|`, with which reserved tokens begin. Bytes are UTF-8.
   */
  write(text: Uint8Array | string, line: ByteBuffer, folded: ByteBuffer): boolean;
}

let loading: Promise<TextKernel> | undefined;

/** Gives the kernel of this thread; its module is assembled and instantiated once. */
export function loadTextKernel(): Promise<TextKernel> {
  loading ??= instantiate();
  return loading;
}

type Write = (
  at: number,
  end: number,
  line: number,
  folded: number,
  afterSpace: number,
  flags: number,
) => number;

async function instantiate(): Promise<TextKernel> {
  const { instance } = await WebAssembly.instantiate(assembleTextKernel());
  const { memory, write } = instance.exports as unknown as { memory: WebAssembly.Memory; write: Write };
  return new Kernel(memory.buffer, write);
}

class Kernel implements TextKernel {
  readonly #write: Write;
  readonly #memory: Uint8Array;
  readonly #source: Uint8Array;
  readonly #state: Uint32Array;
  readonly #foldTable: Uint32Array;

  constructor(memory: ArrayBuffer, write: Write) {
    this.#write = write;
    this.#memory = new Uint8Array(memory);
    this.#source = new Uint8Array(memory, layout.source, CHUNK_BYTES + 1);
    this.#state = new Uint32Array(memory, layout.state, 5);
    this.#foldTable = new Uint32Array(memory, layout.foldTable, FOLD_TABLE_LENGTH);
    for (const [character, letter] of ["\bb", "\tt", "\nn", "\ff", "\rr"] as Iterable<[string, string]>) {
      this.#memory[layout.shortEscapes + character.charCodeAt(0)] = letter.charCodeAt(0);
    }
  }

  write(text: Uint8Array | string, line: ByteBuffer, folded: ByteBuffer): boolean {
    const start = folded.length;
    const flags = this.#writeChunks(text, line, folded);
    if ((flags & FLAG_BY_REFERENCE) !== 0) {
      folded.length = start;
      folded.appendText(foldText(typeof text === "string" ? text : utf8Decoder.decode(text)));
    } else if (folded.length > start && folded.bytes[folded.length - 1] === SPACE) {
      folded.length -= 1;
    }
    return (flags & FLAG_MARK) !== 0;
  }

  #writeChunks(text: Uint8Array | string, line: ByteBuffer, folded: ByteBuffer): number {
    const state = this.#state;
    // As if a space had come before: the fold has none at the start.
    state[3] = 1;
    state[4] = 0;
    if (typeof text === "string" && text.length * 3 <= CHUNK_BYTES) {
      const { written } = utf8Encoder.encodeInto(text, this.#source);
      this.#source[written] = 0;
      this.#writeChunk(written, line, folded);
      return state[4]!;
    }
    const bytes = typeof text === "string" ? utf8Encoder.encode(text) : text;
    for (let from = 0; from < bytes.length; ) {
      const to = chunkEnd(bytes, from);
      // One more than the chunk, so that `<|` is seen across its end.
      this.#source[to - from] = 0;
      this.#source.set(bytes.subarray(from, to + 1));
      this.#writeChunk(to - from, line, folded);
      from = to;
    }
    return state[4]!;
  }

  /** Writes what stands in the source, going on in the state of the chunk before. */
  #writeChunk(length: number, line: ByteBuffer, folded: ByteBuffer): void {
    const state = this.#state;
    const end = layout.source + length;
    state[0] = layout.source;
    state[1] = layout.line;
    state[2] = layout.folded;
    for (;;) {
      const unknown = this.#write(state[0]!, end, state[1]!, state[2]!, state[3]!, state[4]!);
      if (unknown === 0) {
        break;
      }
      this.#foldTable[unknown] = foldCodePoint(unknown);
    }
    line.append(this.#memory.subarray(layout.line, state[1]!));
    folded.append(this.#memory.subarray(layout.folded, state[2]!));
  }
}

const SPACE = 0x20;
const utf8Encoder = new TextEncoder();
const utf8Decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Where a chunk that begins at `from` ends, so that no character is split. */
function chunkEnd(bytes: Uint8Array, from: number): number {
  let end = Math.min(from + CHUNK_BYTES, bytes.length);
  while (end < bytes.length && (bytes[end]! & 0xc0) === 0x80) {
    end -= 1;
  }
  return end;
}
