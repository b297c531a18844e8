import {
  add,
  and,
  assembleModule,
  atLeast,
  branch,
  type Code,
  choose,
  constant,
  equal,
  get,
  giveBack,
  greaterThan,
  increase,
  isZero,
  lessThan,
  loadByte,
  loadHalf,
  loadVector,
  loadWord,
  loop,
  or,
  set,
  shiftLeft,
  shiftRight,
  storeByte,
  storeVector,
  storeWord,
  subtract,
  unreachable,
  when,
} from "@dpo-kit/schema/wasm-builder";

/** How far back a copy reaches at most: every writer packs 64 KiB at a time. */
export const HISTORY_BYTES: number = 1 << 16;
/** Bytes that are unpacked before they are taken. */
export const PIECE_BYTES: number = 1 << 18;
/** Packed bytes that are looked at at once. */
export const INPUT_BYTES: number = 1 << 16;
/** The most bytes that one element unpacks to, but for a literal that is left to the caller. */
export const LONGEST_COPY = 64;

/** Whatever is read or written sixteen bytes at a time may go that far over its end. */
const SLACK = 32;

/** Where in memory things lie. */
export const layout: Readonly<Record<"state" | "input" | "output", number>> = {
  /** Three words: where input and output have got to, and how long the literal is that comes next. */
  state: 0,
  input: 64,
  output: 64 + INPUT_BYTES + SLACK,
};

const OUTPUT_BYTES = HISTORY_BYTES + PIECE_BYTES + LONGEST_COPY;
const MEMORY_BYTES = layout.output + OUTPUT_BYTES + SLACK;

/** How long the output is. */
export const outputBytes: number = OUTPUT_BYTES;

// Parameters: where the input stands, before what an element must begin, where the input ends, where the output stands.
const from = 0;
const stop = 1;
const end = 2;
const at = 3;
// Locals.
const tag = 4;
const kind = 5;
const length = 6;
const offset = 7;
const extra = 8;
const target = 9;

const FULL = layout.output + OUTPUT_BYTES - LONGEST_COPY;

/**
 * Assembles `unpack`: it unpacks elements until the input or the room is at its end, or a literal comes that is not
 * all there or for which there is no room. It gives 1 where an element copies from before the output, else 0.
 */
export function assembleUnsnappy(): Uint8Array<ArrayBuffer> {
  const body = [
    ...loop(
      when(or(atLeast(get(from), get(stop)), greaterThan(get(at), constant(FULL))), [
        saveState(0),
        giveBack(constant(0)),
      ]),
      set(tag, loadByte(get(from))),
      set(kind, and(get(tag), constant(3))),
      when(isZero(get(kind)), [writeLiteral], [writeCopy]),
      branch(0),
    ),
    ...unreachable,
  ];
  const memoryPages = Math.ceil(MEMORY_BYTES / 0x1_0000);
  return assembleModule(memoryPages, { name: "unpack", parameters: 4, locals: [6, 0], body });
}

function saveState(literal: Code | 0): Code {
  const words = [get(from), get(at), literal === 0 ? constant(0) : literal];
  return words.flatMap((word, index) => storeWord(constant(layout.state), word, index * 4));
}

const writeLiteral: Code = [
  set(extra, constant(0)),
  set(length, shiftRight(get(tag), constant(2))),
  when(atLeast(get(length), constant(60)), [
    set(extra, subtract(get(length), constant(59))),
    // As many bytes of the word as tell the length.
    set(
      length,
      and(
        loadWord(get(from), 1),
        shiftRight(constant(-1), subtract(constant(32), shiftLeft(get(extra), constant(3)))),
      ),
    ),
  ]),
  increase(length, constant(1)),
  increase(from, add(get(extra), constant(1))),
  // One more than the longest there is makes 0.
  when(isZero(get(length)), [giveBack(constant(1))]),
  when(greaterThan(get(from), get(end)), [saveState(get(length)), giveBack(constant(0))]),
  when(
    or(
      greaterThan(get(length), subtract(get(end), get(from))),
      greaterThan(get(length), subtract(constant(layout.output + OUTPUT_BYTES), get(at))),
    ),
    [saveState(get(length)), giveBack(constant(0))],
  ),
  set(target, get(at)),
  increase(at, get(length)),
  ...copyBlocks(),
  set(from, subtract(get(from), subtract(get(target), get(at)))),
].flat();

/** Copies sixteen bytes at a time from `from` to `target`, until that reaches `at` or goes over it. */
function copyBlocks(): Code[] {
  return [
    loop(
      storeVector(get(target), loadVector(get(from))),
      increase(from, constant(16)),
      increase(target, constant(16)),
      when(lessThan(get(target), get(at)), [branch(1)]),
    ),
  ];
}

const writeCopy: Code = [
  readCopy(),
  when(or(isZero(get(offset)), greaterThan(get(offset), subtract(get(at), constant(layout.output)))), [
    giveBack(constant(1)),
  ]),
  set(target, get(at)),
  increase(at, get(length)),
  when(
    lessThan(get(offset), constant(16)),
    [
      loop(
        storeByte(get(target), loadByte(subtract(get(target), get(offset)))),
        increase(target, constant(1)),
        when(lessThan(get(target), get(at)), [branch(1)]),
      ),
    ],
    [
      loop(
        storeVector(get(target), loadVector(subtract(get(target), get(offset)))),
        increase(target, constant(16)),
        when(lessThan(get(target), get(at)), [branch(1)]),
      ),
    ],
  ),
].flat();

/** Reads length and offset of a copy, and goes behind it. */
function readCopy(): Code {
  const isShort = equal(get(kind), constant(1));
  const highBits = shiftLeft(shiftRight(get(tag), constant(5)), constant(8));
  return [
    set(
      length,
      choose(
        isShort,
        add(and(shiftRight(get(tag), constant(2)), constant(7)), constant(4)),
        add(shiftRight(get(tag), constant(2)), constant(1)),
      ),
    ),
    set(
      offset,
      choose(
        isShort,
        or(highBits, loadByte(get(from), 1)),
        choose(equal(get(kind), constant(2)), loadHalf(get(from), 1), loadWord(get(from), 1)),
      ),
    ),
    increase(from, choose(equal(get(kind), constant(3)), constant(5), add(get(kind), constant(1)))),
  ].flat();
}
