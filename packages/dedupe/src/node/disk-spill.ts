import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "@dpo-kit/schema";
import type { SpillFile, SpillStore } from "../spill/spill-store.ts";

/** A {@link SpillStore} in a folder. */
export interface DiskSpill extends SpillStore {
  /** Removes the folder with all that is in it. Safe to call more than once. */
  close(): void;
}

/**
 * Makes a store in a folder of its own inside `directory`, which exists: best beside the output. The folder is
 * made with the first file, readable by nobody else, since what is kept may be personal.
 *
 * Its files throw IO_WRITE_FAILED where the disk is full or cannot be written to.
 */
export function createDiskSpill(directory: string): DiskSpill {
  return new FolderSpill(directory);
}

class FolderSpill implements DiskSpill {
  readonly #parent: string;
  readonly #open = new Set<FolderFile>();
  #folder: string | undefined;
  #created = 0;

  constructor(parent: string) {
    this.#parent = parent;
  }

  createFile(): SpillFile {
    return attempt(this.#parent, () => {
      this.#folder ??= mkdtempSync(join(this.#parent, ".dpo-spill-"));
      this.#created += 1;
      const file = new FolderFile(join(this.#folder, String(this.#created)), this.#open);
      this.#open.add(file);
      return file;
    });
  }

  close(): void {
    for (const file of [...this.#open]) {
      file.remove();
    }
    if (this.#folder !== undefined) {
      rmSync(this.#folder, { recursive: true, force: true });
      this.#folder = undefined;
    }
  }
}

class FolderFile implements SpillFile {
  byteLength = 0;
  readonly #path: string;
  readonly #handle: number;
  readonly #open: Set<FolderFile>;

  constructor(path: string, open: Set<FolderFile>) {
    this.#path = path;
    this.#handle = openSync(path, "wx+", 0o600);
    this.#open = open;
  }

  append(bytes: Uint8Array): void {
    attempt(this.#path, () => {
      // A write may take less than it is given.
      for (let at = 0; at < bytes.length; ) {
        at += writeSync(this.#handle, bytes, at, bytes.length - at, this.byteLength + at);
      }
    });
    this.byteLength += bytes.length;
  }

  read(target: Uint8Array, position: number): number {
    let filled = 0;
    while (filled < target.length) {
      const read = readSync(this.#handle, target, filled, target.length - filled, position + filled);
      if (read === 0) {
        break;
      }
      filled += read;
    }
    return filled;
  }

  remove(): void {
    if (this.#open.delete(this)) {
      closeSync(this.#handle);
      rmSync(this.#path, { force: true });
    }
  }
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataError("IO_WRITE_FAILED", {
      message: `What does not fit into memory cannot be kept on disk: ${reason}`,
      location: { source: path },
      cause,
    });
  }
}
