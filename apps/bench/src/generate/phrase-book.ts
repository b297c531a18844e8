import type { Random } from "@dpo-kit/testkit/random";
import { rareTemplate, type TemplateKind, templates } from "./templates.ts";
import type { Vocabulary, WordClass } from "./vocabulary.ts";

/** A piece of text as a CSV cell holds it: UTF-8 with its quotes doubled. */
interface Piece {
  readonly bytes: Uint8Array;
  /** Code points of the text. */
  readonly length: number;
  /** Whether a cell with it must be quoted. */
  readonly quoted: boolean;
}

/** A template: what stands in it, and for each place the words that may. */
type Template = readonly (readonly Piece[])[];

/** Where text is being written. */
export interface Draft {
  readonly bytes: Uint8Array;
  end: number;
  /** Code points written since the cell began. */
  length: number;
  quoted: boolean;
}

/** The kinds of templates, and the rare one. */
export type PhraseKind = TemplateKind | "rare";

/** All templates with their words as bytes, so that writing a sentence is copying. */
export interface PhraseBook {
  /** Adds one sentence of a kind to the draft: at most 200 code points, at most 800 bytes. */
  write(kind: PhraseKind, draft: Draft, random: Random): void;
}

/** Encodes the vocabulary and the templates once. */
export function createPhraseBook(vocabulary: Vocabulary): PhraseBook {
  const words = new Map<string, readonly Piece[]>();
  for (const [kind, list] of Object.entries(vocabulary)) {
    words.set(kind, list.map(encodePiece));
  }
  const compile = (template: string): Template =>
    template
      .split(/(\{[a-z]+\})/u)
      .filter((part) => part !== "")
      .map((part) => words.get(part.slice(1, -1) as WordClass) ?? [encodePiece(part)]);
  const book = new Map<PhraseKind, readonly Template[]>([["rare", [compile(rareTemplate)]]]);
  for (const [kind, list] of Object.entries(templates)) {
    book.set(kind as TemplateKind, list.map(compile));
  }
  return {
    write(kind, draft, random) {
      for (const choices of random.pick(book.get(kind)!)) {
        writePiece(choices.length === 1 ? choices[0]! : random.pick(choices), draft);
      }
    },
  };
}

function encodePiece(text: string): Piece {
  return {
    bytes: new TextEncoder().encode(text.replaceAll('"', '""')),
    length: [...text].length,
    quoted: /[",\r\n]/u.test(text),
  };
}

function writePiece(piece: Piece, draft: Draft): void {
  const { bytes } = piece;
  // Words are a few bytes long: a loop is faster than a call of `set`.
  for (let index = 0; index < bytes.length; index += 1) {
    draft.bytes[draft.end + index] = bytes[index]!;
  }
  draft.end += bytes.length;
  draft.length += piece.length;
  draft.quoted ||= piece.quoted;
}
