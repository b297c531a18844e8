import { type ObservedPairs, type PairBatch, type VerdictColumn, verdicts } from "@dpo-kit/batch";
import { createIssue, DataError, type Issue, type Location } from "@dpo-kit/schema";
import { DEFAULT_MEMORY } from "../spill/memory-options.ts";
import { RecordSort } from "../spill/record-sort.ts";
import { VerdictList } from "../spill/verdict-list.ts";
import type { Conflict, ConflictingPair, ConflictKind } from "./conflict.ts";
import type { ConflictOptions, ConflictReducer } from "./conflict-options.ts";
import { type FoundConflict, findConflicts } from "./find-conflicts.ts";
import { createKeepFirst } from "./keep-first.ts";
import { type PromptGraph, promptGraph } from "./prompt-graph.ts";
import { groupByPrompt, type PromptGroup } from "./prompt-groups.ts";
import { type PromptPair, promptPairShape, writePromptPair } from "./prompt-pair.ts";
import { settleByMajority } from "./settle-by-majority.ts";

/**
 * Makes the reducer that finds conflicts among pairs of one prompt and settles them by a policy. Global, but for
 * `keep-first`. Takes up to `memory`, then sorts on `spill`.
 *
 * `decide` throws DEDUPE_CONFLICT under the policy `error`, DEDUPE_MEMORY where there is no `spill` or one
 * prompt alone has more pairs than fit, and IO_WRITE_FAILED.
 */
export async function createConflictReducer(options: ConflictOptions): Promise<ConflictReducer> {
  return options.policy === "keep-first" ? createKeepFirst(options) : new GlobalConflictReducer(options);
}

/** Pairs of a conflict that are listed; a cycle can have any number. */
const LISTED_PAIRS = 100;
/** Conflicts that an error names. */
const NAMED_CONFLICTS = 20;
/** About what a pair takes in memory while the pairs of its prompt are compared. */
const BYTES_PER_PAIR = 500;

class GlobalConflictReducer implements ConflictReducer {
  readonly name = "conflicts";
  readonly needsAll = true;
  readonly counts: Record<ConflictKind, number> = { "same-answer": 0, contradiction: 0, cycle: 0 };
  readonly #options: ConflictOptions;
  readonly #memory: number;
  readonly #pairs: RecordSort;
  readonly #decided: VerdictList;
  readonly #record: Uint32Array = new Uint32Array(promptPairShape.words);
  readonly #issues: Issue[] = [];
  #seen = 0;

  constructor(options: ConflictOptions) {
    this.#options = options;
    this.#memory = options.memory ?? DEFAULT_MEMORY;
    this.#pairs = new RecordSort(promptPairShape, { ...options, memory: this.#memory * 0.75 });
    this.#decided = new VerdictList({ ...options, memory: this.#memory * 0.25 });
  }

  observe(batch: PairBatch, current: Uint8Array): void {
    for (let pair = 0; pair < batch.count; pair += 1) {
      if (current[pair] === verdicts.keep) {
        writePromptPair(this.#record, { batch, pair, number: this.#seen + pair });
        this.#pairs.add(this.#record);
      }
    }
    this.#seen += batch.count;
  }

  async decide(observed: ObservedPairs): Promise<void> {
    const mostPairs = Math.max(1000, this.#memory / BYTES_PER_PAIR);
    for (const group of groupByPrompt(this.#pairs.sorted(), mostPairs)) {
      const graph = promptGraph(group.pairs);
      const conflicts = findConflicts(graph);
      for (const conflict of conflicts) {
        await this.#report(conflict, group, observed);
      }
      this.#settle(graph, conflicts);
    }
    if (this.#options.policy === "error" && this.#issues.length > 0) {
      throw this.#error();
    }
  }

  apply(batch: PairBatch): VerdictColumn {
    return this.#decided.takeColumn(batch.count);
  }

  close(): void {
    this.#pairs.close();
    this.#decided.close();
  }

  #settle(graph: PromptGraph, conflicts: readonly FoundConflict[]): void {
    const { policy } = this.#options;
    if (conflicts.length === 0 || (policy !== "drop" && policy !== "majority")) {
      return;
    }
    if (policy === "drop") {
      const gone = new Set(conflicts.flatMap(({ pairs }) => pairs));
      this.#remove([...gone]);
      return;
    }
    for (const { preference, by } of settleByMajority(graph)) {
      this.#remove(preference.pairs, by?.pairs[0]?.number);
    }
  }

  #remove(pairs: readonly PromptPair[], kept?: number): void {
    for (const { number } of pairs) {
      this.#decided.add({ number, verdict: verdicts.conflict, kept });
    }
  }

  async #report(conflict: FoundConflict, group: PromptGroup, observed: ObservedPairs): Promise<void> {
    this.counts[conflict.kind] += 1;
    const { onConflict, policy } = this.#options;
    if (policy === "error" && this.#issues.length < NAMED_CONFLICTS) {
      this.#issues.push(this.#issueOf(conflict));
    }
    if (onConflict !== undefined) {
      await onConflict(await this.#describe(conflict, group, observed));
    }
  }

  async #describe(found: FoundConflict, group: PromptGroup, observed: ObservedPairs): Promise<Conflict> {
    const pairs: ConflictingPair[] = [];
    for (const pair of found.pairs.slice(0, LISTED_PAIRS)) {
      const line = new TextDecoder().decode(await observed.line(pair.number));
      pairs.push({ number: pair.number, at: this.#placeOf(pair), line });
    }
    return { kind: found.kind, promptKey: group.promptKey, pairCount: found.pairs.length, pairs };
  }

  #placeOf({ sourceId, recordOrdinal, physicalLine }: PromptPair): Location {
    const source = this.#options.sources?.[sourceId] ?? String(sourceId);
    return { source, ordinal: recordOrdinal, ...(physicalLine === 0 ? {} : { line: physicalLine }) };
  }

  #issueOf({ kind, pairs }: FoundConflict): Issue {
    const location = this.#placeOf(pairs[0]!);
    return createIssue("DEDUPE_CONFLICT", {
      location,
      message: `${sentences[kind]} (${pairs.length} pairs)`,
    });
  }

  #error(): DataError {
    const { contradiction, cycle, "same-answer": sameAnswer } = this.counts;
    const message = `The pairs conflict: ${contradiction} contradictions, ${cycle} cycles, ${sameAnswer} with the same answer twice`;
    const { location } = this.#issues[0]!;
    return new DataError("DEDUPE_CONFLICT", { message, location, issues: this.#issues });
  }
}

const sentences: Record<ConflictKind, string> = {
  "same-answer": "An answer is preferred to itself, but for case and white space",
  contradiction: "Of two answers each is preferred to the other",
  cycle: "Preferences go around in a circle",
};
