const DIGIT_BITS = 11;
const DIGITS_PER_WORD = 3;
const DIGIT_VALUES = 1 << DIGIT_BITS;
/** Fewer entries than this are sorted by insertion, which then is faster than counting digits. */
const FEW = 24;

/** The places of entries in the order of their words, the first the most significant. Takes linear time. */
export function sortedOrder(words: Uint32Array, count: number, width: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, entry) => entry);
  sortRange({ words, width, order, spare: new Uint32Array(count) }, { from: 0, to: count, word: 0 });
  return order;
}

interface Sorting {
  readonly words: Uint32Array;
  readonly width: number;
  /** The entries by their numbers, on the way to their order. */
  readonly order: Uint32Array;
  readonly spare: Uint32Array;
}

/** A part of the order in which all words before `word` are the same. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly word: number;
}

/** Sorts by one word, then what has the same one by the next. The words of keys are nearly always different. */
function sortRange(sorting: Sorting, range: Range): void {
  const { words, width, order } = sorting;
  const { from, to, word } = range;
  if (to - from < FEW) {
    insertEach(sorting, range);
    return;
  }
  for (let digit = 0; digit < DIGITS_PER_WORD; digit += 1) {
    sortByDigit(sorting, range, digit * DIGIT_BITS);
  }
  if (word + 1 === width) {
    return;
  }
  for (let start = from, end = from + 1; start < to; start = end, end += 1) {
    const value = words[order[start]! * width + word];
    while (end < to && words[order[end]! * width + word] === value) {
      end += 1;
    }
    if (end - start > 1) {
      sortRange(sorting, { from: start, to: end, word: word + 1 });
    }
  }
}

/** One step of a radix sort from the least digit: stable (https://en.wikipedia.org/wiki/Radix_sort). */
function sortByDigit({ words, width, order, spare }: Sorting, range: Range, shift: number): void {
  const { from, to, word } = range;
  const digitOf = (place: number) => (words[order[place]! * width + word]! >>> shift) & (DIGIT_VALUES - 1);
  const starts = new Uint32Array(DIGIT_VALUES);
  for (let place = from; place < to; place += 1) {
    starts[digitOf(place)]! += 1;
  }
  if (starts[digitOf(from)] === to - from) {
    return;
  }
  let before = from;
  for (let value = 0; value < DIGIT_VALUES; value += 1) {
    const having = starts[value]!;
    starts[value] = before;
    before += having;
  }
  for (let place = from; place < to; place += 1) {
    const value = digitOf(place);
    spare[starts[value]!] = order[place]!;
    starts[value]! += 1;
  }
  order.set(spare.subarray(from, to), from);
}

function insertEach({ words, width, order }: Sorting, { from, to, word }: Range): void {
  for (let next = from + 1; next < to; next += 1) {
    const entry = order[next]!;
    let place = next;
    while (place > from && isBefore(words, { entry, other: order[place - 1]!, width, word })) {
      order[place] = order[place - 1]!;
      place -= 1;
    }
    order[place] = entry;
  }
}

function isBefore(
  words: Uint32Array,
  { entry, other, width, word }: { entry: number; other: number; width: number; word: number },
): boolean {
  for (let at = word; at < width; at += 1) {
    const [one, two] = [words[entry * width + at]!, words[other * width + at]!];
    if (one !== two) {
      return one < two;
    }
  }
  return false;
}
