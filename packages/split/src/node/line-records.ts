import { closeSync, openSync, readSync } from "node:fs";
import { DataError } from "@dpo-kit/schema";
import { type PlacedLine, WORDS_PER_PLACE } from "../line-buffer.ts";

/** A record: the words of the place and the length of the line, least significant byte first; then the line. */
const LENGTH_AT = WORDS_PER_PLACE * 4;
export const RECORD_HEADER_BYTES: number = LENGTH_AT + 4;

const BUFFER_BYTES = 256 * 1024;

/** Writes what stands before a line. */
export function writeRecordHeader(view: DataView, at: number, { place, line }: PlacedLine): void {
  for (let word = 0; word < WORDS_PER_PLACE; word += 1) {
    view.setUint32(at + word * 4, place[word]!, true);
  }
  view.setUint32(at + LENGTH_AT, line.length, true);
}

/** The records of a file, each valid until the next. Closes the file however it ends. */
export function* readRecords(path: string): Generator<PlacedLine> {
  const file = new RecordFile(path);
  const place = new Uint32Array(WORDS_PER_PLACE);
  try {
    for (
      let header = file.take(RECORD_HEADER_BYTES);
      header !== undefined;
      header = file.take(RECORD_HEADER_BYTES)
    ) {
      const view = new DataView(header.buffer, header.byteOffset);
      for (let word = 0; word < WORDS_PER_PLACE; word += 1) {
        place[word] = view.getUint32(word * 4, true);
      }
      const line = file.take(view.getUint32(LENGTH_AT, true));
      if (line === undefined) {
        throw cutShort(path);
      }
      yield { place, line };
    }
  } finally {
    file.close();
  }
}

function cutShort(path: string): DataError {
  return new DataError("IO_UNREADABLE", { message: `${path} was cut short while it was in use` });
}

/** Gives the bytes of a file in pieces of the sizes asked for. */
class RecordFile {
  readonly #path: string;
  readonly #file: number;
  #buffer = new Uint8Array(BUFFER_BYTES);
  #start = 0;
  #end = 0;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, "r");
  }

  /** The next bytes, valid until the next call; undefined at the end. */
  take(length: number): Uint8Array | undefined {
    if (this.#end - this.#start < length && !this.#fill(length)) {
      return undefined;
    }
    this.#start += length;
    return this.#buffer.subarray(this.#start - length, this.#start);
  }

  close(): void {
    closeSync(this.#file);
  }

  /** Reads until there are so many bytes; false where the file ends before the first of them. */
  #fill(length: number): boolean {
    const rest = this.#buffer.subarray(this.#start, this.#end);
    const target = length > this.#buffer.length ? new Uint8Array(length) : this.#buffer;
    target.set(rest);
    this.#buffer = target;
    this.#start = 0;
    this.#end = rest.length;
    while (this.#end < length) {
      const read = readSync(this.#file, target, this.#end, target.length - this.#end, null);
      if (read === 0 && this.#end > 0) {
        throw cutShort(this.#path);
      }
      if (read === 0) {
        return false;
      }
      this.#end += read;
    }
    return true;
  }
}
