import type { SpillFile, SpillStore } from "../src/spill/spill-store.ts";

/** A store in memory that knows how many of its files are there: what is not removed would stay on disk. */
export function createMemorySpill(): SpillStore & { readonly files: ReadonlySet<SpillFile> } {
  const files = new Set<SpillFile>();
  return {
    files,
    createFile() {
      const file = new MemoryFile(files);
      files.add(file);
      return file;
    },
  };
}

class MemoryFile implements SpillFile {
  #bytes = new Uint8Array(0);
  readonly #files: Set<SpillFile>;

  constructor(files: Set<SpillFile>) {
    this.#files = files;
  }

  get byteLength(): number {
    return this.#bytes.length;
  }

  append(bytes: Uint8Array): void {
    const grown = new Uint8Array(this.#bytes.length + bytes.length);
    grown.set(this.#bytes);
    grown.set(bytes, this.#bytes.length);
    this.#bytes = grown;
  }

  read(target: Uint8Array, position: number): number {
    const part = this.#bytes.subarray(position, position + target.length);
    target.set(part);
    return part.length;
  }

  remove(): void {
    this.#files.delete(this);
  }
}
