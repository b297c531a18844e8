import { createRandom, type Random } from "@dpo-kit/testkit/random";
import { createPhraseBook, type Draft, type PhraseBook, type PhraseKind } from "./phrase-book.ts";
import { createVocabulary } from "./vocabulary.ts";

/** What to generate. */
export interface GenerateOptions {
  /** The most bytes; the file ends with the last row that fits. */
  bytes: number;
  /** Default 1. */
  seed?: number;
}

/** The rows that are kept for being repeated. */
const RECENT_ROWS = 64;
/** What a piece of the output holds at least, in bytes. */
const PIECE_BYTES = 1 << 20;
/** More than the longest row takes: three cells of at most 3,000 characters, of 4 bytes each. */
const ROW_BYTES = 1 << 16;
/** The longest sentence, in characters. */
const SENTENCE_LENGTH = 200;

const header = "prompt,chosen,rejected\n";
const [comma, lineFeed, quote] = [0x2c, 0x0a, 0x22];

/**
 * A CSV file of preferences as people export them, in pieces of about 1 MiB, the same bytes for the same seed.
 *
 * Prompts have 100 to 2,000 characters and answers 200 to 3,000, short ones being more frequent. One row in ten
 * is in other scripts, one answer in six holds code, one row in a hundred is a copy of an earlier one. Cells
 * are quoted where RFC 4180 asks for it, and only there. At the end the number of rows is returned, header not counted.
 */
export function* generateCsv(options: GenerateOptions): Generator<Uint8Array, number, undefined> {
  const random = createRandom(options.seed ?? 1);
  const book = createPhraseBook(createVocabulary(random));
  const recent: Uint8Array[] = [];
  let draft = newDraft();
  let total = new TextEncoder().encodeInto(header, draft.bytes).written;
  draft.end = total;
  for (let rows = 0; ; rows += 1) {
    const start = draft.end;
    writeRow({ draft, random, book, recent });
    if (total + draft.end - start > options.bytes) {
      yield draft.bytes.subarray(0, start);
      return rows;
    }
    total += draft.end - start;
    if (draft.end >= PIECE_BYTES) {
      yield draft.bytes.subarray(0, draft.end);
      draft = newDraft();
    }
  }
}

function newDraft(): Draft {
  return { bytes: new Uint8Array(PIECE_BYTES + ROW_BYTES), end: 0, length: 0, quoted: false };
}

interface RowContext {
  draft: Draft;
  random: Random;
  book: PhraseBook;
  recent: Uint8Array[];
}

function writeRow(context: RowContext): void {
  const { draft, random, recent } = context;
  if (recent.length === RECENT_ROWS && random.chance(0.01)) {
    const copy = random.pick(recent);
    draft.bytes.set(copy, draft.end);
    draft.end += copy.length;
    return;
  }
  const start = draft.end;
  const international = random.chance(0.1);
  writeCell(context, { from: 100, to: 2_000, kinds: kindsOf("question", international) });
  draft.bytes[draft.end++] = comma!;
  writeCell(context, { from: 200, to: 3_000, kinds: kindsOf("statement", international, random) });
  draft.bytes[draft.end++] = comma!;
  writeCell(context, { from: 200, to: 3_000, kinds: kindsOf("statement", international, random) });
  draft.bytes[draft.end++] = lineFeed!;
  if (recent.length < RECENT_ROWS || random.chance(0.02)) {
    recent[recent.length < RECENT_ROWS ? recent.length : random.integer(0, RECENT_ROWS - 1)] =
      draft.bytes.slice(start, draft.end);
  }
}

function kindsOf(main: PhraseKind, international: boolean, random?: Random): readonly PhraseKind[] {
  const kinds: PhraseKind[] = international ? ["international", "international", main] : [main];
  if (random?.chance(1 / 6)) {
    kinds.push("code");
  }
  if (international && random?.chance(1 / 20)) {
    kinds.push("rare");
  }
  return kinds;
}

/** Writes sentences of the given kinds until the cell has its length, then quotes it if it must be. */
function writeCell(
  { draft, random, book }: RowContext,
  { from, to, kinds }: { from: number; to: number; kinds: readonly PhraseKind[] },
): void {
  const start = draft.end;
  const fraction = random.fraction();
  const length = from + Math.floor((to - SENTENCE_LENGTH - from) * fraction * fraction);
  draft.length = 0;
  draft.quoted = false;
  draft.end += 1;
  while (draft.length < length) {
    book.write(random.pick(kinds), draft, random);
  }
  if (draft.quoted) {
    draft.bytes[start] = quote!;
    draft.bytes[draft.end++] = quote!;
  } else {
    draft.bytes.copyWithin(start, start + 1, draft.end);
    draft.end -= 1;
  }
}
