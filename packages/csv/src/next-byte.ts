/**
 * Remembers where a byte value stands next, so that asking again costs nothing until that place is passed:
 * however often it is asked, the text is searched once.
 */
export class NextByte {
  readonly value: number;
  private view: Uint8Array = new Uint8Array(0);
  private at = -1;

  constructor(value: number) {
    this.value = value;
  }

  /** The first place at or behind `from`; the length of the text if there is none. */
  from(from: number): number {
    if (this.at < from) {
      this.search(from);
    }
    return this.at;
  }

  /** The text has moved by `distance` bytes to the front and may have grown at its end. */
  follow(view: Uint8Array, distance: number): void {
    const known = this.view.length - distance;
    const foundNone = this.at === this.view.length;
    this.view = view;
    this.at -= distance;
    if (foundNone) {
      this.search(known);
    }
  }

  /** Forgets the place, for the reader goes back or the text has been cut. */
  restart(view: Uint8Array): void {
    this.view = view;
    this.at = -1;
  }

  private search(from: number): void {
    const found = this.view.indexOf(this.value, from);
    this.at = found === -1 ? this.view.length : found;
  }
}
