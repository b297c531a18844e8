import type { GroupColumn, KeyHasher, PairBatch } from "@dpo-kit/batch";

/** Makes a group column of a batch, the value of each pair given as text. */
export function groupColumn(
  name: string,
  hasher: KeyHasher,
  texts: { readonly count: number; at(pair: number): string },
): GroupColumn {
  const values: string[] = [];
  const numbers = new Map<string, number>();
  const index = Uint32Array.from({ length: texts.count }, (_, pair) => {
    const value = texts.at(pair);
    const known = numbers.get(value) ?? values.push(value) - 1;
    numbers.set(value, known);
    return known;
  });
  const hashes = new Uint32Array(values.length * 2);
  values.forEach((value, number) => {
    hasher.writeHash64(utf8.encode(value), hashes, number * 2);
  });
  const hash = new Uint32Array(index.length * 2);
  index.forEach((number, pair) => {
    hash.set(hashes.subarray(number * 2, number * 2 + 2), pair * 2);
  });
  return { name, hash, index, values };
}

const utf8 = new TextEncoder();

/** The batch with one more group column. One of the same name is replaced. */
export function withGroupColumn(batch: PairBatch, column: GroupColumn): PairBatch {
  return { ...batch, groups: [...batch.groups.filter(({ name }) => name !== column.name), column] };
}
