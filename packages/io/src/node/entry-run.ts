import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { fileError } from "./file-error.ts";

const BUFFER_BYTES = 64 * 1024;

/** A buffer of whole entries of some words. */
function entryBuffer(width: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(Math.max(1, Math.floor(BUFFER_BYTES / (width * 4))) * width);
}

/**
 * Writes entries, which come in order, to a new file: their words in the byte order of this machine, which
 * alone reads them. Nobody else may read it: keys tell what somebody's data holds.
 *
 * @throws IO_WRITE_FAILED
 */
export function writeEntryRun(path: string, entries: Iterable<Uint32Array>, width: number): void {
  const buffer = entryBuffer(width);
  try {
    const file = openSync(path, "wx", 0o600);
    try {
      let filled = 0;
      for (const entry of entries) {
        for (let word = 0; word < width; word += 1) {
          buffer[filled + word] = entry[word]!;
        }
        filled += width;
        if (filled === buffer.length) {
          writeWords(file, buffer);
          filled = 0;
        }
      }
      writeWords(file, buffer.subarray(0, filled));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw fileError("IO_WRITE_FAILED", path, error);
  }
}

function writeWords(file: number, words: Uint32Array): void {
  const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written);
  }
}

/** Reads the entries of a run, one after the other. */
export class EntryRunReader {
  readonly #path: string;
  readonly #width: number;
  readonly #file: number;
  readonly #buffer: Uint32Array<ArrayBuffer>;
  #length = 0;
  #at = 0;

  /** @throws IO_UNREADABLE */
  constructor(path: string, width: number) {
    this.#path = path;
    this.#width = width;
    this.#buffer = entryBuffer(width);
    try {
      this.#file = openSync(path, "r");
    } catch (error) {
      throw fileError("IO_UNREADABLE", path, error);
    }
  }

  /** The words that were read; the current entry begins at {@link at}. */
  get words(): Uint32Array {
    return this.#buffer;
  }

  get at(): number {
    return this.#at;
  }

  /**
   * Goes to the next entry, at first to the first; false at the end.
   * @throws IO_UNREADABLE
   */
  advance(): boolean {
    this.#at += this.#width;
    return this.#at < this.#length || this.#fill();
  }

  close(): void {
    closeSync(this.#file);
  }

  #fill(): boolean {
    const bytes = new Uint8Array(this.#buffer.buffer);
    let filled = 0;
    try {
      for (let read = -1; read !== 0 && filled < bytes.length; filled += read) {
        read = readSync(this.#file, bytes, filled, bytes.length - filled, null);
      }
    } catch (error) {
      throw fileError("IO_UNREADABLE", this.#path, error);
    }
    this.#at = 0;
    this.#length = filled / 4;
    return filled > 0;
  }
}
