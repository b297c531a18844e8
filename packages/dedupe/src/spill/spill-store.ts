/**
 * Keeps on disk what does not fit into memory. Everything is done at once, not by promises, as reducers decide
 * at once. `./node` has one in a folder; a browser can make one of OPFS access handles, which read at once too.
 */
export interface SpillStore {
  /** Makes an empty file. */
  createFile(): SpillFile;
}

/** A file that grows at its end and is read anywhere. */
export interface SpillFile {
  readonly byteLength: number;
  /** Writes all of the bytes behind those that are there. */
  append(bytes: Uint8Array): void;
  /** Fills `target` with the bytes from `position` on, as many as there are, and gives their number. */
  read(target: Uint8Array, position: number): number;
  /** Frees the file. Safe to call more than once. */
  remove(): void;
}
