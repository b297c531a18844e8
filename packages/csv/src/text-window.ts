import { LineCounter } from "./line-counter.ts";
import { NextByte } from "./next-byte.ts";
import { searchableBytes } from "./searchable-bytes.ts";
import type { CsvSyntax } from "./syntax.ts";

/** Where a text begins. */
export interface TextStart {
  /** The physical line. Default 1. */
  readonly firstLine?: number;
  /** How many bytes come before it: a byte order mark, a first line that is no record. Default 0. */
  readonly byteOffset?: number;
}

/** The stretch of a text that is being read: it moves on with the text, and grows while a record needs it. */
export class TextWindow {
  /** The bytes there are. */
  view: Uint8Array;
  /** How many bytes of the text come before the view's first. */
  byteOffset: number;
  readonly lines: LineCounter = new LineCounter();
  readonly delimiters: NextByte;
  readonly quotes: NextByte;
  private buffer: Uint8Array = new Uint8Array(0);

  constructor(syntax: CsvSyntax, start: TextStart) {
    this.view = searchableBytes(this.buffer);
    this.byteOffset = start.byteOffset ?? 0;
    this.lines.line = start.firstLine ?? 1;
    this.delimiters = new NextByte(syntax.delimiter);
    this.quotes = new NextByte(syntax.quote);
  }

  /** Drops the first `done` bytes and puts the next piece of the text behind the rest. */
  append(chunk: Uint8Array, done: number): void {
    const kept = this.view.length - done;
    this.reserve(kept + chunk.length, done);
    this.buffer.set(chunk, kept);
    this.show(kept + chunk.length);
    this.byteOffset += done;
    for (const follower of [this.lines, this.delimiters, this.quotes]) {
      follower.follow(this.view, done);
    }
  }

  /** Takes out the bytes from `from` to `to`, where the reader stands. */
  cut(from: number, to: number): void {
    this.buffer.copyWithin(from, to, this.view.length);
    this.show(this.view.length - (to - from));
    this.byteOffset += to - from;
    this.lines.restart(this.view, from);
    this.restart();
  }

  /** The reader goes back within the view. */
  restart(): void {
    this.delimiters.restart(this.view);
    this.quotes.restart(this.view);
  }

  private show(length: number): void {
    this.view = searchableBytes(this.buffer.subarray(0, length));
  }

  /** Makes room for `size` bytes and moves what is behind `done` to the front. */
  private reserve(size: number, done: number): void {
    if (size <= this.buffer.length) {
      if (done > 0) {
        this.buffer.copyWithin(0, done, this.view.length);
      }
      return;
    }
    const larger = new Uint8Array(Math.max(size, this.buffer.length * 2));
    larger.set(this.buffer.subarray(done, this.view.length));
    this.buffer = larger;
  }
}
