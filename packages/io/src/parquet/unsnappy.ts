import { type ByteReader, createByteReader } from "../byte-reader.ts";
import {
  assembleUnsnappy,
  HISTORY_BYTES,
  INPUT_BYTES,
  LONGEST_COPY,
  layout,
  outputBytes,
} from "./unsnappy-code.ts";

/** The bytes that one element may take up without its literal. */
const longestElement = 5;

/**
 * Unpacks Snappy (https://github.com/google/snappy/blob/main/format_description.txt) in pieces of up to 256 KiB, in
 * bounded memory. A piece is overwritten once the next one is asked for. What is wrong is an ordinary `Error`.
 */
export async function* unsnappy(
  packed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const input = createByteReader(packed[Symbol.asyncIterator]());
  let left = await readLength(input);
  const kernel = idle.pop() ?? (await instantiate());
  try {
    const output = new Output(kernel);
    while (left > 0) {
      await input.fill(1 << 14);
      if (input.start === input.end) {
        throw new Error("a page is cut off");
      }
      left -= output.write(input);
      if (output.isFull || left <= 0) {
        yield output.take();
      }
    }
  } finally {
    idle.push(kernel);
  }
  if (left < 0) {
    throw new Error("a page unpacks to more than it says");
  }
}

async function readLength(input: ByteReader): Promise<number> {
  await input.fill(5);
  let length = 0;
  for (let factor = 1; factor <= 2 ** 28 && input.start < input.end; factor *= 128) {
    const byte = input.bytes[input.start++]!;
    length += (byte & 0x7f) * factor;
    if (byte < 0x80) {
      return length;
    }
  }
  throw new Error("the length of a page is cut off");
}

/** What unpacks elements, with a memory of its own. */
interface Kernel {
  readonly input: Uint8Array;
  readonly output: Uint8Array;
  /** Where in memory input and output have got to, and how long the literal is that comes next. */
  readonly state: Uint32Array;
  unpack(from: number, stop: number, end: number, at: number): number;
}

/** Kernels that nobody uses: as many as there were pages open at once. */
const idle: Kernel[] = [];
let compiling: Promise<WebAssembly.Module> | undefined;

async function instantiate(): Promise<Kernel> {
  compiling ??= WebAssembly.compile(assembleUnsnappy());
  const { exports } = await WebAssembly.instantiate(await compiling);
  const { memory, unpack } = exports as unknown as Pick<Kernel, "unpack"> & { memory: WebAssembly.Memory };
  return {
    input: new Uint8Array(memory.buffer, layout.input, INPUT_BYTES),
    output: new Uint8Array(memory.buffer, layout.output, outputBytes),
    state: new Uint32Array(memory.buffer, layout.state, 3),
    unpack,
  };
}

/** What was unpacked last, as far back as a copy may reach. */
class Output {
  readonly #kernel: Kernel;
  /** Before it stands what was given already. */
  #taken = 0;
  #at = 0;
  /** How much of a literal is still to come. */
  #literalLeft = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  get isFull(): boolean {
    return this.#at + LONGEST_COPY > outputBytes;
  }

  /** What was unpacked since the last time. */
  take(): Uint8Array {
    const piece = this.#kernel.output.subarray(this.#taken, this.#at);
    this.#taken = this.#at;
    return piece;
  }

  /** Unpacks what is whole of the input, and gives how many bytes came of it. */
  write(input: ByteReader): number {
    this.#slide();
    const before = this.#at;
    this.#copyLiteral(input);
    while (this.#literalLeft === 0 && !this.isFull && this.#unpackElements(input)) {
      this.#copyLiteral(input);
    }
    if (input.start > input.end) {
      throw new Error("a page is cut off");
    }
    return this.#at - before;
  }

  /** Makes room once all was given, and keeps what a copy may reach. */
  #slide(): void {
    if (this.#taken === this.#at && this.#at > HISTORY_BYTES) {
      this.#kernel.output.copyWithin(0, this.#at - HISTORY_BYTES, this.#at);
      this.#at = HISTORY_BYTES;
      this.#taken = HISTORY_BYTES;
    }
  }

  #copyLiteral(input: ByteReader): void {
    const count = Math.min(this.#literalLeft, input.end - input.start, outputBytes - this.#at);
    if (count > 0) {
      this.#kernel.output.set(input.bytes.subarray(input.start, input.start + count), this.#at);
      this.#at += count;
      input.start += count;
      this.#literalLeft -= count;
    }
  }

  /** Goes on until a long literal or the end, and gives whether it got anywhere. */
  #unpackElements(input: ByteReader): boolean {
    const { input: source, state, unpack } = this.#kernel;
    const { start } = input;
    const end = Math.min(input.end, start + INPUT_BYTES);
    // An element may go on behind the input that is there.
    const isLast = input.ended && end === input.end;
    const stop = layout.input + end - start - (isLast ? 0 : longestElement);
    source.set(input.bytes.subarray(start, end));
    const isBeyond = unpack(layout.input, stop, layout.input + end - start, layout.output + this.#at) !== 0;
    if (isBeyond) {
      throw new Error("a page copies from before its beginning, or from farther back than is read");
    }
    input.start += state[0]! - layout.input;
    this.#at = state[1]! - layout.output;
    this.#literalLeft = state[2]!;
    return input.start > start;
  }
}
