import type { UnitLedger } from "@dpo-kit/batch";
import { DataError } from "@dpo-kit/schema";
import type { ChatCounts } from "../pairs/chat-counts.ts";

/** What a join table counts in, and how much it holds. */
export interface JoinTableOptions {
  /** What its entries are called in the summary: `message feedback`. */
  readonly kind: string;
  readonly units: UnitLedger;
  readonly counts: ChatCounts;
  readonly maxBytes: number;
}

interface Joinable<T> {
  readonly entry: T;
  joined: boolean;
}

/**
 * Entries of a sidecar file, to be joined with the messages they speak of by id. UUIDs are compared without dashes and
 * in lower case: the same export may write one id both ways. Each entry counts as unjoined until it is taken.
 */
export class JoinTable<T> {
  readonly #options: JoinTableOptions;
  readonly #byId = new Map<string, Joinable<T>[]>();
  readonly #tally: { entries: number; joined: number };
  #bytes = 0;

  constructor(options: JoinTableOptions) {
    const { counts, kind } = options;
    this.#options = options;
    this.#tally = counts.joins.get(kind) ?? { entries: 0, joined: 0 };
    counts.joins.set(kind, this.#tally);
  }

  /**
   * Keeps an entry that has been read, under each of its ids.
   * @throws GATHER_LIMIT
   */
  add(ids: readonly string[], entry: T, bytes: number): void {
    const joinable = { entry, joined: false };
    for (const id of ids.map(normaliseId)) {
      const known = this.#byId.get(id);
      if (known === undefined) {
        this.#byId.set(id, [joinable]);
      } else {
        known.push(joinable);
      }
    }
    this.#tally.entries += 1;
    this.#options.units.unjoined += 1;
    this.#bytes += 2 * bytes + 200;
    if (this.#bytes > this.#options.maxBytes) {
      throw new DataError("GATHER_LIMIT", {
        message: `The entries of ${this.#options.kind} take more than ${this.#options.maxBytes} bytes of memory`,
      });
    }
  }

  /** The entries that speak of any of some messages, each once, in the order of the messages. */
  take(ids: Iterable<string>): T[] {
    const found = new Set<Joinable<T>>();
    if (this.#byId.size > 0) {
      for (const id of ids) {
        for (const joinable of this.#byId.get(normaliseId(id)) ?? []) {
          found.add(joinable);
        }
      }
    }
    return [...found].map((joinable) => this.#join(joinable));
  }

  #join(joinable: Joinable<T>): T {
    if (!joinable.joined) {
      joinable.joined = true;
      this.#tally.joined += 1;
      this.#options.units.unjoined -= 1;
      this.#options.units.intoRecords += 1;
    }
    return joinable.entry;
  }
}

/**
 * A UUID without dashes, in lower case; any other id as it is: `run-1-1` and `run-11` are two.
 * https://www.rfc-editor.org/rfc/rfc9562#section-4
 */
export function normaliseId(id: string): string {
  const bare = id.length === UUID_DIGITS ? id : id.length === UUID_LENGTH ? id.replaceAll("-", "") : "";
  return /^[\da-f]{32}$/iu.test(bare) ? bare.toLowerCase() : id;
}

const UUID_DIGITS = 32;
const UUID_LENGTH = 36;
