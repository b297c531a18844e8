import {
  add,
  and,
  assembleModule,
  atLeast,
  bitOfEach,
  branch,
  bytesEqual,
  bytesLess,
  choose,
  constant,
  countTrailingZeros,
  get,
  giveBack,
  increase,
  lessThan,
  loadVector,
  loop,
  or,
  set,
  shiftLeft,
  sixteen,
  storeVector,
  subtract,
  unreachable,
  when,
} from "@dpo-kit/schema/wasm-builder";

// Parameters: where the source begins and ends, where it is copied to.
const at = 0;
const end = 1;
const to = 2;
// Locals.
const seen = 3;
const high = 4;
const stops = 5;
const plain = 6;
const block = 7;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** With it U+2028 and U+2029 begin in UTF-8, among others. */
const SEPARATOR_LEAD = 0xe2;

/**
 * Assembles `copy`: it copies bytes until one stops it, a quote, a backslash, a control character or
 * {@link SEPARATOR_LEAD}, and gives twice the place of that, and one more where it has copied what is not ASCII.
 */
export function assembleJsonStringCopy(memoryBytes: number): Uint8Array<ArrayBuffer> {
  const body = [
    ...loop(
      when(atLeast(get(at), get(end)), [giveResult]),
      copyBlock,
      when(lessThan(get(plain), constant(16)), [giveResult]),
      branch(0),
    ),
    ...unreachable,
  ];
  const memoryPages = Math.ceil(memoryBytes / 0x1_0000);
  return assembleModule(memoryPages, { name: "copy", parameters: 3, locals: [4, 1], body });
}

const giveResult = giveBack(or(shiftLeft(get(at), constant(1)), get(seen)));

const copyBlock = [
  set(block, loadVector(get(at))),
  set(high, bitOfEach(get(block))),
  // As signed numbers those that are not ASCII are less than a space too.
  set(stops, subtract(bitOfEach(bytesLess(get(block), sixteen(0x20))), get(high))),
  ...[QUOTE, BACKSLASH, SEPARATOR_LEAD].map((stop) =>
    set(stops, or(get(stops), bitOfEach(bytesEqual(get(block), sixteen(stop))))),
  ),
  set(plain, subtract(get(end), get(at))),
  set(plain, choose(lessThan(get(plain), constant(16)), get(plain), constant(16))),
  set(plain, countTrailingZeros(or(get(stops), shiftLeft(constant(-1), get(plain))))),
  storeVector(get(to), get(block)),
  when(and(get(high), subtract(shiftLeft(constant(1), get(plain)), constant(1))), [set(seen, constant(1))]),
  set(at, add(get(at), get(plain))),
  increase(to, get(plain)),
].flat();
