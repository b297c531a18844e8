import type { Issue } from "@dpo-kit/schema";
import type { NoteCount } from "../pair-batch.ts";

/** How many notes of one code and severity a batch keeps in full; all are counted. */
export const KEPT_NOTES: number = 20;

/** Counts issues that reject nothing, and keeps the first of each code and severity. */
export class NoteTally {
  #notes: Issue[] = [];
  #counts = new Map<string, NoteCount & { count: number }>();
  readonly #kept: number;

  constructor(kept: number = KEPT_NOTES) {
    this.#kept = kept;
  }

  add(issue: Issue): void {
    const { code, severity } = issue;
    const name = `${severity} ${code}`;
    let entry = this.#counts.get(name);
    if (entry === undefined) {
      entry = { code, severity, count: 0 };
      this.#counts.set(name, entry);
    }
    entry.count += 1;
    if (entry.count <= this.#kept) {
      this.#notes.push(issue);
    }
  }

  /** What was noted so far; the tally is empty after it. */
  take(): { notes: Issue[]; noteCounts: NoteCount[] } {
    const taken = { notes: this.#notes, noteCounts: [...this.#counts.values()] };
    this.#notes = [];
    this.#counts = new Map();
    return taken;
  }
}
