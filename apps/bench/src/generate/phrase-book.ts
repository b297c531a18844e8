import type { Random } from "@dpo-kit/testkit/random";
import { rareTemplate, type TemplateKind, templates } from "./templates.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Where text is being written, as a CSV cell holds it: UTF-8 with its quotes doubled. */
export interface Draft {
  readonly bytes: Uint8Array;
  end: number;
  /** Code points written since the cell began. */
  length: number;
  /** Whether the cell holds what must be quoted. */
  quoted: boolean;
}

/** The kinds of templates, and the rare one. */
export type PhraseKind = TemplateKind | "rare";

/** All templates with their words as bytes, so that writing a sentence is copying. */
export interface PhraseBook {
  /** Adds one sentence of a kind to the draft: at most 200 code points, at most 800 bytes. */
  write(kind: PhraseKind, draft: Draft, random: Random): void;
}

/** A run of pieces in the pool, of which one is to be chosen. */
interface Choice {
  first: number;
  count: number;
}

/** Encodes the vocabulary and the templates once. */
export function createPhraseBook(vocabulary: Vocabulary): PhraseBook {
  const pool = new PiecePool();
  const words = new Map(Object.entries(vocabulary).map(([kind, list]) => [kind, pool.add(list)]));
  const compile = (template: string): readonly Choice[] =>
    template
      .split(/(\{[a-z]+\})/u)
      .filter((part) => part !== "")
      .map((part) => words.get(part.slice(1, -1)) ?? pool.add([part]));
  const book = new Map<PhraseKind, readonly (readonly Choice[])[]>([["rare", [compile(rareTemplate)]]]);
  for (const [kind, list] of Object.entries(templates)) {
    book.set(kind as TemplateKind, list.map(compile));
  }
  return {
    write(kind, draft, random) {
      for (const { first, count } of random.pick(book.get(kind)!)) {
        pool.write(count === 1 ? first : random.integer(first, first + count - 1), draft);
      }
    },
  };
}

/** Pieces of text one behind the other in one buffer: words are small, and looking each up elsewhere is slow. */
class PiecePool {
  private bytes = new Uint8Array(1 << 20);
  private end = 0;
  private readonly ends: number[] = [0];
  private readonly lengths: number[] = [];
  private readonly quoted: boolean[] = [];

  add(texts: readonly string[]): Choice {
    const first = this.lengths.length;
    for (const text of texts) {
      this.end += new TextEncoder().encodeInto(
        text.replaceAll('"', '""'),
        this.bytes.subarray(this.end),
      ).written;
      this.ends.push(this.end);
      this.lengths.push([...text].length);
      this.quoted.push(/[",\r\n]/u.test(text));
    }
    return { first, count: texts.length };
  }

  write(piece: number, draft: Draft): void {
    const source = this.bytes;
    const target = draft.bytes;
    const end = this.ends[piece + 1]!;
    let at = draft.end;
    // Words are a few bytes long: a loop is faster than a call of `set`.
    for (let index = this.ends[piece]!; index < end; index += 1) {
      target[at++] = source[index]!;
    }
    draft.end = at;
    draft.length += this.lengths[piece]!;
    draft.quoted ||= this.quoted[piece]!;
  }
}
