/**
 * As much of an assembler for WebAssembly as the kernels of dpo-kit need. Each function gives the code of one
 * instruction behind the code of its operands, so that programs read from the outside in.
 *
 * The opcodes are those of the specification: https://webassembly.github.io/spec/core/binary/instructions.html
 */
export type Code = readonly number[];

/** The number of a local variable; parameters come first. */
export type Local = number;

const I32 = 0x7f;
const I64 = 0x7e;
const V128 = 0x7b;
const NO_RESULT = 0x40;
const SIMD = 0xfd;

/** A function of 32-bit integers that gives one. */
export interface WasmFunction {
  name: string;
  parameters: number;
  /** How many more 32-bit locals, then how many of 128 bits, then how many of 64. */
  locals: readonly [words: number, vectors: number, longs?: number];
  body: Code;
}

/** The bytes of a module with one memory, which it exports as `memory`, and one exported function. */
export function assembleModule(
  memoryPages: number,
  { name, parameters, locals, body }: WasmFunction,
): Uint8Array<ArrayBuffer> {
  const [words, vectors, longs = 0] = locals;
  const declared = vector([
    [...unsigned(words), I32],
    [...unsigned(vectors), V128],
    [...unsigned(longs), I64],
  ]);
  const code = [...declared, ...body, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [[0x60, ...vector(Array(parameters).fill([I32])), ...vector([[I32]])]]),
    ...section(3, [[0]]),
    ...section(5, [[0x00, ...unsigned(memoryPages)]]),
    ...section(7, [
      [...text("memory"), 0x02, 0],
      [...text(name), 0x00, 0],
    ]),
    ...section(10, [[...unsigned(code.length), ...code]]),
  ]);
}

function section(id: number, items: readonly Code[]): Code {
  const content = vector(items);
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function text(name: string): Code {
  return vector([...new TextEncoder().encode(name)].map((byte) => [byte]));
}

/** LEB128. */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): Code {
  const isLast = value >= -0x40 && value < 0x40;
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

export function get(local: Local): Code {
  return [0x20, ...unsigned(local)];
}

export function set(local: Local, value: Code): Code {
  return [...value, 0x21, ...unsigned(local)];
}

/** Adds to a local. */
export function increase(local: Local, by: Code): Code {
  return set(local, add(get(local), by));
}

export function constant(value: number): Code {
  return [0x41, ...signed(value | 0)];
}

/** A constant of 64 bits. */
export function longConstant(value: bigint): Code {
  return [0x42, ...signedLong(BigInt.asIntN(64, value))];
}

function signedLong(value: bigint): Code {
  const isLast = value >= -0x40n && value < 0x40n;
  const low = Number(BigInt.asUintN(7, value));
  return isLast ? [low] : [low | 0x80, ...signedLong(value >> 7n)];
}

type Binary = (left: Code, right: Code) => Code;

function binary(opcode: number): Binary {
  return (left, right) => [...left, ...right, opcode];
}

export const add: Binary = binary(0x6a);
export const subtract: Binary = binary(0x6b);
export const and: Binary = binary(0x71);
export const or: Binary = binary(0x72);
export const shiftLeft: Binary = binary(0x74);
export const shiftRight: Binary = binary(0x76);
export const equal: Binary = binary(0x46);
export const lessThan: Binary = binary(0x49);
export const greaterThan: Binary = binary(0x4b);
export const atLeast: Binary = binary(0x4f);

export const longAdd: Binary = binary(0x7c);
export const longMultiply: Binary = binary(0x7e);
export const longXor: Binary = binary(0x85);
export const longShiftRight: Binary = binary(0x88);
export const longRotateLeft: Binary = binary(0x89);

/** A 32-bit number without a sign as one of 64 bits. */
export function toLong(value: Code): Code {
  return [...value, 0xad];
}

export function isZero(value: Code): Code {
  return [...value, 0x45];
}

export function countTrailingZeros(value: Code): Code {
  return [...value, 0x68];
}

/** The one value or the other, by the condition; both are computed. */
export function choose(condition: Code, one: Code, other: Code): Code {
  return [...one, ...other, ...condition, 0x1b];
}

export function loadByte(address: Code, offset = 0): Code {
  return [...address, 0x2d, 0, ...unsigned(offset)];
}

export function storeByte(address: Code, value: Code, offset = 0): Code {
  return [...address, ...value, 0x3a, 0, ...unsigned(offset)];
}

/** Loads four bytes, the first the least significant. They need not be aligned. */
export function loadWord(address: Code, offset = 0): Code {
  return [...address, 0x28, 0, ...unsigned(offset)];
}

/** Loads two bytes, the first the less significant. They need not be aligned. */
export function loadHalf(address: Code, offset = 0): Code {
  return [...address, 0x2f, 0, ...unsigned(offset)];
}

export function storeWord(address: Code, value: Code, offset = 0): Code {
  return [...address, ...value, 0x36, 0, ...unsigned(offset)];
}

/** Loads eight bytes, the first the least significant. They need not be aligned. */
export function loadLong(address: Code, offset = 0): Code {
  return [...address, 0x29, 0, ...unsigned(offset)];
}

export function storeLong(address: Code, value: Code, offset = 0): Code {
  return [...address, ...value, 0x37, 0, ...unsigned(offset)];
}

export function loop(...body: Code[]): Code {
  return [0x03, NO_RESULT, ...body.flat(), 0x0b];
}

export function when(condition: Code, then: Code[], otherwise: Code[] = []): Code {
  const alternative = otherwise.length === 0 ? [] : [0x05, ...otherwise.flat()];
  return [...condition, 0x04, NO_RESULT, ...then.flat(), ...alternative, 0x0b];
}

/** Goes on behind the end of a `when`, or at the start of a loop, so many levels out. */
export function branch(levels: number): Code {
  return [0x0c, ...unsigned(levels)];
}

export function giveBack(value: Code): Code {
  return [...value, 0x0f];
}

/** Stops the function with an error: for places that are never reached. */
export const unreachable: Code = [0x00];

export function loadVector(address: Code): Code {
  return [...address, SIMD, 0x00, 0, 0];
}

export function storeVector(address: Code, value: Code): Code {
  return [...address, ...value, SIMD, 0x0b, 0, 0];
}

/** Sixteen times the same byte. */
export function sixteen(byte: number): Code {
  return [SIMD, 0x0c, ...Array(16).fill(byte)];
}

function vectorBinary(opcode: number): Binary {
  return (left, right) => [...left, ...right, SIMD, ...unsigned(opcode)];
}

export const bytesEqual: Binary = vectorBinary(0x23);
/** Of bytes as signed numbers, so those from 0x80 are less than any ASCII. */
export const bytesLess: Binary = vectorBinary(0x25);
export const bytesGreater: Binary = vectorBinary(0x27);
export const bytesAnd: Binary = vectorBinary(0x4e);
export const bytesOr: Binary = vectorBinary(0x50);

/** A bit for each of the sixteen bytes: the byte's highest. */
export function bitOfEach(value: Code): Code {
  return [...value, SIMD, ...unsigned(0x64)];
}
