import type { RejectEntry } from "../pair-batch.ts";

/** What an issue is taken to weigh in memory, in bytes: a generous guess, so that the bound holds. */
const ISSUE_BYTES = 1024;

/** The rejects of the batch that is being filled. */
export class RejectList {
  /** What they weigh in memory, about. */
  bytes = 0;
  #entries: RejectEntry[] = [];

  /** Adds an entry of its own, so that an outcome's pairs are not kept alive by it. */
  add({ at, issues, record }: RejectEntry): void {
    this.#entries.push({ at, issues, ...(record === undefined ? {} : { record }) });
    this.bytes += issues.length * ISSUE_BYTES + (record?.bytes ?? 0);
  }

  /** The entries so far; the list is empty after it. */
  take(): RejectEntry[] {
    const entries = this.#entries;
    this.#entries = [];
    this.bytes = 0;
    return entries;
  }
}
