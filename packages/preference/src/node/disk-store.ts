import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { DataError, type JsonValue } from "@dpo-kit/schema";
import type { GatherEntry, GatheredGroup, GatherStore } from "../gather.ts";
import { ExternalSort } from "./external-sort.ts";
import { byKey, byOrdinal, type SortedLine } from "./sorted-line.ts";

/** Where and how a store on disk keeps its records. */
export interface DiskStoreOptions<T> {
  /** An existing folder, best beside the output. A folder of its own is made in it, and removed at the end. */
  directory: string;
  /** About how many bytes are held in memory before they are written out. Default 64 MiB. */
  runBytes?: number | undefined;
  /** The largest group, in characters of JSON: it is handed out whole. Default 128 Mi. */
  maxGroupCharacters?: number | undefined;
  /** A record as JSON. Default: the record itself, which must then be a JSON value. */
  toJson?: ((record: T) => JsonValue) | undefined;
  /** The record of that JSON. Default: the JSON value itself. */
  fromJson?: ((value: JsonValue) => T) | undefined;
}

const DEFAULT_RUN_BYTES = 64 * 1024 * 1024;
const DEFAULT_MAX_GROUP_CHARACTERS = 128 * 1024 * 1024;

/**
 * Gathers on disk, in memory that does not grow with the input: sorted runs by key, merged into groups, and
 * the groups sorted by their first members. Gives what the store in memory gives, of any JSON records.
 *
 * @throws GATHER_LIMIT when one group by itself is larger than the limit.
 * @throws IO_WRITE_FAILED when the folder cannot be written to, or is full.
 */
export function diskStore<T>(options: DiskStoreOptions<T>): GatherStore<T> {
  return new DiskStore(options);
}

class DiskStore<T> implements GatherStore<T> {
  readonly #options: DiskStoreOptions<T>;
  #directory: string | undefined;
  #records: ExternalSort | undefined;

  constructor(options: DiskStoreOptions<T>) {
    this.#options = options;
  }

  add({ key, ordinal, record }: GatherEntry<T>): Promise<void> | undefined {
    const json = this.#options.toJson?.(record) ?? (record as JsonValue);
    const line = { key, ordinal, text: JSON.stringify(json) };
    // The folder is made with the first record: a gathering that never starts leaves nothing behind.
    const added = this.#records === undefined ? this.#start(line) : this.#records.add(line);
    return added?.catch(failedToWrite);
  }

  async *groups(): AsyncGenerator<GatheredGroup<T>> {
    if (this.#records === undefined) {
      return;
    }
    const groups = await this.#sortGroups(this.#records).catch(failedToWrite);
    for await (const { key, ordinal, text } of groups.sorted()) {
      const values = JSON.parse(text) as JsonValue[];
      const members = values.map((value) => this.#options.fromJson?.(value) ?? (value as T));
      yield { key, members, firstOrdinal: ordinal };
    }
  }

  async close(): Promise<void> {
    if (this.#directory !== undefined) {
      await rm(this.#directory, { recursive: true, force: true });
    }
  }

  async #sortGroups(records: ExternalSort): Promise<ExternalSort> {
    const groups = this.#sort("groups", byOrdinal);
    for await (const group of this.#grouped(records.sorted())) {
      await groups.add(group);
    }
    return groups;
  }

  async #start(first: SortedLine): Promise<void> {
    this.#directory = await mkdtemp(join(this.#options.directory, "gather-"));
    this.#records = this.#sort("records", byKey);
    await this.#records.add(first);
  }

  #sort(name: string, order: typeof byKey): ExternalSort {
    const runBytes = this.#options.runBytes ?? DEFAULT_RUN_BYTES;
    return new ExternalSort({ directory: this.#directory!, name, order, runBytes });
  }

  /** Joins lines of one key, which stand together, into a line that holds the list of their records. */
  async *#grouped(lines: AsyncIterable<SortedLine>): AsyncGenerator<SortedLine> {
    let open: { key: string; ordinal: number; texts: string[]; length: number } | undefined;
    for await (const { key, ordinal, text } of lines) {
      if (open !== undefined && open.key !== key) {
        yield joined(open);
        open = undefined;
      }
      open ??= { key, ordinal, texts: [], length: 0 };
      open.texts.push(text);
      open.length += text.length + 1;
      this.#checkLength(open.length);
    }
    if (open !== undefined) {
      yield joined(open);
    }
  }

  #checkLength(length: number): void {
    const limit = this.#options.maxGroupCharacters ?? DEFAULT_MAX_GROUP_CHARACTERS;
    if (length > limit) {
      throw new DataError("GATHER_LIMIT", {
        message: `The rows of one group take more than ${limit} characters`,
        hint: "Gather by a column that tells the groups apart.",
      });
    }
  }
}

function joined({ key, ordinal, texts }: { key: string; ordinal: number; texts: string[] }): SortedLine {
  return { key, ordinal, text: `[${texts.join(",")}]` };
}

function failedToWrite(cause: unknown): never {
  if (DataError.isInstance(cause)) {
    throw cause;
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new DataError("IO_WRITE_FAILED", { message: `Rows could not be gathered on disk: ${reason}`, cause });
}
