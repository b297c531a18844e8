/** What is kept of a key. */
interface Entry<Value> {
  readonly hash: number;
  value: Value;
}

/**
 * Remembers something for each key, for at most so many keys. Up to there it is exact. Beyond, it keeps the keys
 * whose hash ends in enough zero bits, and drops the others, so that what it keeps is a fair sample of all keys,
 * complete for each of them, and the same in whatever order keys come or samples are merged
 * (adaptive sampling: P. Flajolet 1990, https://doi.org/10.1007/BF02241657).
 */
export class KeySample<Value> {
  readonly #capacity: number;
  readonly #entries = new Map<string, Entry<Value>>();
  #zeroBits = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Changes what is remembered for a key, unless the key is not in the sample. `hash`: 32 bits of it. */
  update(key: string, hash: number, change: (value: Value | undefined) => Value): void {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      known.value = change(known.value);
    } else if (this.#keeps(hash)) {
      this.#entries.set(key, { hash, value: change(undefined) });
      this.#shrink();
    }
  }

  merge(other: KeySample<Value>, combine: (one: Value | undefined, other: Value) => Value): void {
    this.#raise(other.#zeroBits);
    for (const [key, { hash, value }] of other.#entries) {
      this.update(key, hash, (mine) => combine(mine, value));
    }
  }

  /** What is remembered, by key in order of code units. */
  entries(): [key: string, value: Value][] {
    return [...this.#entries]
      .map(([key, { value }]): [string, Value] => [key, value])
      .sort(([one], [other]) => (one < other ? -1 : 1));
  }

  values(): Value[] {
    return [...this.#entries.values()].map(({ value }) => value);
  }

  /** Each key in the sample stands for so many keys: 1 where it is exact. */
  get weight(): number {
    return 2 ** this.#zeroBits;
  }

  #keeps(hash: number): boolean {
    return this.#zeroBits === 0 || (hash & (2 ** this.#zeroBits - 1)) === 0;
  }

  #shrink(): void {
    while (this.#entries.size > this.#capacity && this.#zeroBits < 30) {
      this.#raise(this.#zeroBits + 1);
    }
  }

  #raise(zeroBits: number): void {
    if (zeroBits > this.#zeroBits) {
      this.#zeroBits = zeroBits;
      for (const [key, { hash }] of this.#entries) {
        if (!this.#keeps(hash)) {
          this.#entries.delete(key);
        }
      }
    }
  }
}

/** A 32-bit hash of a text: FNV-1a over its UTF-16 code units (http://www.isthe.com/chongo/tech/comp/fnv/). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  // The low bits of FNV-1a are its weakest, and they are what a sample is taken by.
  hash ^= hash >>> 16;
  return hash >>> 0;
}
