import type { KeyHasher } from "../keys/key-hasher.ts";
import type { Provenance } from "../outcome.ts";
import type { GroupColumn } from "../pair-batch.ts";
import { NameDictionary } from "./name-dictionary.ts";

/** The group columns of the batch that is being filled. */
export class GroupColumns {
  readonly #hasher: KeyHasher;
  readonly #columns: { name: string; values: NameDictionary; indexes: number[] }[];

  constructor(hasher: KeyHasher, names: readonly string[]) {
    this.#hasher = hasher;
    this.#columns = names.map((name) => ({ name, values: new NameDictionary(), indexes: [] }));
  }

  add(provenance: Provenance | undefined): void {
    for (const { name, values, indexes } of this.#columns) {
      const isOwn = provenance !== undefined && Object.hasOwn(provenance, name);
      indexes.push(values.numberOf(String((isOwn ? provenance[name] : null) ?? "")));
    }
  }

  take(): GroupColumn[] {
    return this.#columns.map((column) => {
      const { name } = column;
      const index = Uint32Array.from(column.indexes);
      const values = column.values.take();
      column.indexes = [];
      return { name, hash: this.#hashColumn(values, index), index, values };
    });
  }

  #hashColumn(values: readonly string[], index: Uint32Array): Uint32Array<ArrayBuffer> {
    const hashes = new Uint32Array(values.length * 2);
    values.forEach((value, at) => {
      this.#hasher.writeHash64(utf8.encode(value), hashes, at * 2);
    });
    const column = new Uint32Array(index.length * 2);
    index.forEach((value, line) => {
      column.set(hashes.subarray(value * 2, value * 2 + 2), line * 2);
    });
    return column;
  }
}

const utf8 = new TextEncoder();
