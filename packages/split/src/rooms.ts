import { createIssue, DataError, type Issue } from "@dpo-kit/schema";
import type { SplitCount } from "./exact-split.ts";

/** How much more each part of a split by counts has room for. */
export class Rooms {
  readonly #parts: readonly SplitCount[];
  readonly #rooms: number[];
  readonly #rest: number;
  #total = 0;

  constructor(parts: readonly SplitCount[]) {
    this.#parts = parts;
    this.#rooms = parts.map(({ count }) => count ?? Number.POSITIVE_INFINITY);
    this.#rest = parts.findIndex(({ count }) => count === undefined);
  }

  /** Puts a group into the first part that has room for all of it, else to the rest; gives the number of the part. */
  take(size: number): number {
    const roomy = this.#rooms.findIndex((room, part) => part !== this.#rest && room >= size);
    const part = roomy === -1 ? this.#rest : roomy;
    this.#rooms[part]! -= size;
    this.#total += size;
    return part;
  }

  /**
   * The parts that stay short, though there was enough.
   * @throws SPLIT_TOO_FEW
   */
  check(unit: "pairs" | "groups"): Issue[] {
    const wanted = this.#parts.reduce((sum, { count = 0 }) => sum + count, 0);
    if (this.#total < wanted) {
      throw new DataError("SPLIT_TOO_FEW", {
        message: `The split asks for ${wanted} ${unit}, and there are ${this.#total}`,
      });
    }
    return this.#parts.flatMap(({ name, count }, part) => {
      const room = this.#rooms[part]!;
      return count === undefined || room === 0
        ? []
        : createIssue("SPLIT_SHORT", {
            location: { source: name },
            expected: `${count} pairs`,
            found: count - room,
          });
    });
  }
}
