import { CARRIAGE_RETURN, LINE_FEED } from "./ascii.ts";
import { NextByte } from "./next-byte.ts";

/** Counts physical lines while the text goes by. A line ends with CRLF, LF or a lone CR. */
export class LineCounter {
  /** The physical line, from 1, of the place it was last moved to. */
  line = 1;
  private readonly lineFeed = new NextByte(LINE_FEED);
  private readonly carriageReturn = new NextByte(CARRIAGE_RETURN);
  private view: Uint8Array = new Uint8Array(0);
  private at = 0;

  /** The text has moved by `distance` bytes to the front and may have grown at its end. */
  follow(view: Uint8Array, distance: number): void {
    this.view = view;
    this.at -= distance;
    this.lineFeed.follow(view, distance);
    this.carriageReturn.follow(view, distance);
  }

  /** The text was cut: `view` is what there is now, and `at` the place in it that the line stands for. */
  restart(view: Uint8Array, at: number): void {
    this.view = view;
    this.at = at;
    this.lineFeed.restart(view);
    this.carriageReturn.restart(view);
  }

  /** Goes forward to `to`, which is not between a CR and its LF, and counts the line ends on the way. */
  moveTo(to: number): number {
    let { at, line } = this;
    for (at = this.lineFeed.from(at); at < to; at = this.lineFeed.from(at + 1)) {
      line += 1;
    }
    at = this.at;
    for (at = this.carriageReturn.from(at); at < to; at = this.carriageReturn.from(at + 1)) {
      line += this.view[at + 1] === LINE_FEED ? 0 : 1;
    }
    this.at = to;
    this.line = line;
    return line;
  }

  /** Goes forward to `from`: the first byte of a line end from there, or the length of the text. */
  nextLineEnd(from: number): number {
    this.moveTo(from);
    return Math.min(this.lineFeed.from(from), this.carriageReturn.from(from));
  }
}
