import {
  add,
  and,
  assembleModule,
  atLeast,
  bitOfEach,
  branch,
  bytesAnd,
  bytesEqual,
  bytesGreater,
  bytesLess,
  bytesOr,
  type Code,
  choose,
  constant,
  countTrailingZeros,
  equal,
  get,
  giveBack,
  increase,
  isZero,
  lessThan,
  loadByte,
  loadVector,
  loadWord,
  loop,
  or,
  set,
  shiftLeft,
  shiftRight,
  sixteen,
  storeByte,
  storeVector,
  storeWord,
  subtract,
  unreachable,
  when,
} from "@dpo-kit/schema/wasm-builder";
import {
  FLAG_BY_REFERENCE,
  FLAG_MARK,
  FOLD_TABLE_LENGTH,
  FOLDS_BY_REFERENCE,
  FOLDS_TO_SPACE,
  layout,
  MEMORY_BYTES,
} from "./text-kernel-layout.ts";

const BACKSLASH = 0x5c;
const LESS_THAN = 0x3c;
const VERTICAL_BAR = 0x7c;
const QUOTE = 0x22;
const SPACE = 0x20;

// Parameters: where the source begins and ends, where line and fold go to, whether a space came last, the flags.
const at = 0;
const end = 1;
const line = 2;
const folded = 3;
const afterSpace = 4;
const flags = 5;
// Locals.
const spaces = 6;
const stops = 7;
const plain = 8;
const byte = 9;
const codePoint = 10;
const size = 11;
const fold = 12;
const block = 13;

/**
 * Assembles the kernel: `write` walks over UTF-8 text and writes it as the inside of a JSON string and,
 * beside it, folded. It gives 0 at the end of the text, or a code point of which the fold table has no entry
 * yet; called again with the state it left, it goes on there.
 */
export function assembleTextKernel(): Uint8Array<ArrayBuffer> {
  const body = [
    ...loop(
      when(atLeast(get(at), get(end)), [saveState, giveBack(constant(0))]),
      copyPlainBytes,
      when(or(equal(get(plain), constant(16)), atLeast(get(at), get(end))), [branch(1)]),
      set(byte, loadByte(get(at))),
      when(atLeast(get(byte), constant(0x80)), [writeCharacter, branch(1)]),
      writeAscii,
      foldAscii,
      increase(at, constant(1)),
      branch(0),
    ),
    ...unreachable,
  ];
  const memoryPages = Math.ceil(MEMORY_BYTES / 0x1_0000);
  return assembleModule(memoryPages, { name: "write", parameters: 6, locals: [7, 1], body });
}

const saveState: Code = [at, line, folded, afterSpace, flags].flatMap((local, index) =>
  storeWord(constant(layout.state), get(local), index * 4),
);

/** Copies up to sixteen bytes, as far as none stops it: one to escape, not ASCII, `<`, a space after a space. */
const copyPlainBytes: Code = [
  set(block, loadVector(get(at))),
  set(spaces, bitOfEach(bytesEqual(get(block), sixteen(SPACE)))),
  set(
    stops,
    bitOfEach(
      [QUOTE, BACKSLASH, LESS_THAN].reduce<Code>(
        (found, stop) => bytesOr(found, bytesEqual(get(block), sixteen(stop))),
        bytesLess(get(block), sixteen(SPACE)),
      ),
    ),
  ),
  set(stops, or(get(stops), and(get(spaces), or(shiftLeft(get(spaces), constant(1)), get(afterSpace))))),
  set(plain, subtract(get(end), get(at))),
  set(plain, choose(lessThan(get(plain), constant(16)), get(plain), constant(16))),
  set(plain, countTrailingZeros(or(get(stops), shiftLeft(constant(-1), get(plain))))),
  storeVector(get(line), get(block)),
  storeVector(get(folded), smallLetters(get(block))),
  when(get(plain), [
    set(afterSpace, and(shiftRight(get(spaces), subtract(get(plain), constant(1))), constant(1))),
  ]),
  increase(at, get(plain)),
  increase(line, get(plain)),
  increase(folded, get(plain)),
].flat();

function smallLetters(bytes: Code): Code {
  const isCapital = bytesAnd(bytesGreater(bytes, sixteen(0x40)), bytesLess(bytes, sixteen(0x5b)));
  return bytesOr(bytes, bytesAnd(isCapital, sixteen(0x20)));
}

/** Writes a byte of ASCII that stopped the copying. */
const writeAscii: Code = when(
  lessThan(get(byte), constant(SPACE)),
  [writeControl()],
  [
    when(or(equal(get(byte), constant(QUOTE)), equal(get(byte), constant(BACKSLASH))), [
      storeByte(get(line), constant(BACKSLASH)),
      increase(line, constant(1)),
    ]),
    storeByte(get(line), get(byte)),
    increase(line, constant(1)),
    when(and(equal(get(byte), constant(LESS_THAN)), equal(loadByte(get(at), 1), constant(VERTICAL_BAR))), [
      set(flags, or(get(flags), constant(FLAG_MARK))),
    ]),
  ],
);

/** A short escape where JSON has one, else `\u00` and two digits. */
function writeControl(): Code {
  const lowDigit = and(get(byte), constant(0x0f));
  return [
    set(fold, loadByte(get(byte), layout.shortEscapes)),
    when(
      get(fold),
      [
        storeByte(get(line), constant(BACKSLASH)),
        storeByte(get(line), get(fold), 1),
        increase(line, constant(2)),
      ],
      [
        storeWord(get(line), constant(wordOf("\\u00"))),
        storeByte(get(line), add(constant(0x30), shiftRight(get(byte), constant(4))), 4),
        storeByte(
          get(line),
          add(lowDigit, choose(lessThan(lowDigit, constant(10)), constant(0x30), constant(0x57))),
          5,
        ),
        increase(line, constant(6)),
      ],
    ),
  ].flat();
}

/** The bytes 09 to 0D are white space; all else that stops the copying folds to itself. */
const foldAscii: Code = [
  set(fold, choose(lessThan(subtract(get(byte), constant(0x09)), constant(5)), constant(SPACE), get(byte))),
  storeByte(get(folded), get(fold)),
  set(fold, equal(get(fold), constant(SPACE))),
  increase(folded, subtract(constant(1), and(get(fold), get(afterSpace)))),
  set(afterSpace, get(fold)),
].flat();

/** Writes a character above ASCII, or gives back its code point where the table does not know it. */
const writeCharacter: Code = [
  decodeCharacter(),
  when(
    lessThan(get(codePoint), constant(FOLD_TABLE_LENGTH)),
    [
      set(fold, loadWord(shiftLeft(get(codePoint), constant(2)), layout.foldTable)),
      when(isZero(get(fold)), [saveState, giveBack(get(codePoint))]),
    ],
    [set(fold, constant(FOLDS_BY_REFERENCE))],
  ),
  when(
    equal(and(get(codePoint), constant(~1)), constant(0x2028)),
    [
      storeWord(get(line), constant(wordOf("\\u20"))),
      storeByte(get(line), constant(0x32), 4),
      storeByte(get(line), add(constant(0x38), and(get(codePoint), constant(1))), 5),
      increase(line, constant(6)),
    ],
    [storeWord(get(line), loadWord(get(at))), increase(line, get(size))],
  ),
  when(
    equal(get(fold), constant(FOLDS_TO_SPACE)),
    [
      storeByte(get(folded), constant(SPACE)),
      increase(folded, isZero(get(afterSpace))),
      set(afterSpace, constant(1)),
    ],
    [
      set(afterSpace, constant(0)),
      when(
        equal(get(fold), constant(FOLDS_BY_REFERENCE)),
        [set(flags, or(get(flags), constant(FLAG_BY_REFERENCE)))],
        [writeFolded()],
      ),
    ],
  ),
  increase(at, get(size)),
].flat();

/** Decodes the UTF-8 of two to four bytes at `at` into `codePoint` and `size`. */
function decodeCharacter(): Code {
  const first = get(byte);
  const bits = (index: number, shift: number) =>
    shiftLeft(and(loadByte(get(at), index), constant(0x3f)), constant(shift));
  const lead = (mask: number, shift: number) => shiftLeft(and(first, constant(mask)), constant(shift));
  return when(
    lessThan(first, constant(0xe0)),
    [set(size, constant(2)), set(codePoint, or(lead(0x1f, 6), bits(1, 0)))],
    [
      when(
        lessThan(first, constant(0xf0)),
        [set(size, constant(3)), set(codePoint, or(lead(0x0f, 12), or(bits(1, 6), bits(2, 0))))],
        [
          set(size, constant(4)),
          set(codePoint, or(lead(0x07, 18), or(bits(1, 12), or(bits(2, 6), bits(3, 0))))),
        ],
      ),
    ],
  );
}

/** Writes the code point `fold`, which is above ASCII, as UTF-8 behind what is folded. */
function writeFolded(): Code {
  const lead = (mark: number, shift: number) =>
    storeByte(get(folded), or(constant(mark), shiftRight(get(fold), constant(shift))));
  const follow = (index: number, shift: number) =>
    storeByte(
      get(folded),
      or(constant(0x80), and(shiftRight(get(fold), constant(shift)), constant(0x3f))),
      index,
    );
  return when(
    lessThan(get(fold), constant(0x800)),
    [lead(0xc0, 6), follow(1, 0), increase(folded, constant(2))],
    [
      when(
        lessThan(get(fold), constant(0x1_0000)),
        [lead(0xe0, 12), follow(1, 6), follow(2, 0), increase(folded, constant(3))],
        [lead(0xf0, 18), follow(1, 12), follow(2, 6), follow(3, 0), increase(folded, constant(4))],
      ),
    ],
  );
}

/** Four characters of ASCII as one word. */
function wordOf(characters: string): number {
  return [...characters].reduceRight((word, character) => (word << 8) | character.charCodeAt(0), 0);
}
