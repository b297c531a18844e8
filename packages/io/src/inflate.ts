import type { ByteReader } from "./byte-reader.ts";
import { dynamicTables, fixedTables } from "./inflate-codes.ts";
import {
  createInflateState,
  give,
  giveBack,
  InflateError,
  type InflateState,
  longestMatch,
  takeBits,
} from "./inflate-state.ts";
import { inflateSymbols } from "./inflate-symbols.ts";

/** More than the largest block header, and than one symbol with its extra bits. */
const enoughBytes = 1 << 10;

/**
 * Unpacks deflated data (https://datatracker.ietf.org/doc/html/rfc1951) in pieces of about 128 KiB. Ends behind
 * the last block, with `input` at the byte that follows it. Made because what platforms offer does not say where
 * the data ends, which files of several gzip members need.
 *
 * @throws {InflateError} where the data is cut off or damaged.
 */
export async function* inflate(input: ByteReader): AsyncGenerator<Uint8Array, void, undefined> {
  const state = createInflateState(input);
  let isLast = false;
  while (!isLast) {
    await input.fill(enoughBytes);
    isLast = takeBits(state, 1) === 1;
    const type = takeBits(state, 2);
    yield* type === 0 ? storedBlock(state) : codedBlock(state, type);
  }
  giveBack(state);
  if (state.at > state.given) {
    yield give(state);
  }
}

async function* storedBlock(state: InflateState): AsyncGenerator<Uint8Array, void, undefined> {
  const { input, window } = state;
  giveBack(state);
  if (!(await input.fill(4))) {
    throw new InflateError("it is cut off");
  }
  const { bytes, start } = input;
  let left = bytes[start]! | (bytes[start + 1]! << 8);
  if ((left ^ 0xffff) !== (bytes[start + 2]! | (bytes[start + 3]! << 8))) {
    throw new InflateError("the length of a stored block contradicts itself");
  }
  input.start += 4;
  while (left > 0) {
    if (!(await input.fill(1))) {
      throw new InflateError("it is cut off");
    }
    const count = Math.min(left, input.end - input.start, window.length - state.at);
    window.set(input.bytes.subarray(input.start, input.start + count), state.at);
    input.start += count;
    state.at += count;
    left -= count;
    if (state.at === window.length) {
      yield give(state);
    }
  }
}

async function* codedBlock(state: InflateState, type: number): AsyncGenerator<Uint8Array, void, undefined> {
  if (type === 3) {
    throw new InflateError("a block has a type that does not exist");
  }
  [state.literals, state.distances] = type === 1 ? fixedTables() : dynamicTables(state);
  while (true) {
    await state.input.fill(enoughBytes);
    const ended = inflateSymbols(state);
    if (state.at > state.window.length - longestMatch) {
      yield give(state);
    }
    if (ended) {
      return;
    }
  }
}
