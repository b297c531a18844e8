import { type Replacement, type Verdict, type VerdictColumn, verdicts } from "@dpo-kit/batch";
import type { MemoryOptions } from "./memory-options.ts";
import { readNumber, writeNumber } from "./record-number.ts";
import type { RecordView } from "./record-order.ts";
import { RecordSort } from "./record-sort.ts";

/** What is decided of a pair that does not stay. */
export interface Decided {
  /** Its number among all pairs, from 0. */
  readonly number: number;
  readonly verdict: Verdict;
  /** The number of the pair that stands in its place. */
  readonly kept?: number | undefined;
  readonly score?: number | undefined;
}

/** The number in two words, the verdict, one free, then two 64-bit numbers: the one kept and the score. */
const WORDS = 8;
const KEPT = 2;
const SCORE = 3;

/** Verdicts that are decided in any order and handed out in the order of the pairs. */
export class VerdictList {
  readonly #sort: RecordSort;
  readonly #record: Uint32Array = new Uint32Array(WORDS);
  readonly #numbers: Float64Array = new Float64Array(this.#record.buffer);
  #sorted: Iterator<RecordView> | undefined;
  /** The next to be handed out. */
  #next: Decided | undefined;
  #given = 0;

  constructor(options: MemoryOptions) {
    this.#sort = new RecordSort({ words: WORDS, keyWords: 2 }, options);
  }

  /** How many pairs do not stay. */
  get count(): number {
    return this.#sort.count;
  }

  /** Each pair at most once, and before the first column is asked for. */
  add({ number, verdict, kept, score }: Decided): void {
    writeNumber(this.#record, 0, number);
    this.#record[2] = verdict;
    this.#numbers[KEPT] = kept ?? Number.NaN;
    this.#numbers[SCORE] = score ?? Number.NaN;
    this.#sort.add(this.#record);
  }

  /** The column of the next `count` pairs. */
  takeColumn(count: number): VerdictColumn {
    if (this.#sorted === undefined) {
      this.#sorted = this.#sort.sorted();
      this.#advance();
    }
    const verdict = new Uint8Array(count).fill(verdicts.keep);
    const insteadOf = new Map<number, Replacement>();
    for (let next = this.#next; next !== undefined && next.number < this.#given + count; next = this.#next) {
      const pair = next.number - this.#given;
      verdict[pair] = next.verdict;
      const { kept, score } = next;
      if (kept !== undefined) {
        insteadOf.set(pair, score === undefined ? { kept } : { kept, score });
      }
      this.#advance();
    }
    this.#given += count;
    return { verdict, insteadOf };
  }

  close(): void {
    this.#next = undefined;
    this.#sort.close();
  }

  #advance(): void {
    const result = this.#sorted!.next();
    this.#next = result.done === true ? undefined : this.#read(result.value);
  }

  #read({ words, at }: RecordView): Decided {
    this.#record.set(words.subarray(at, at + WORDS));
    return {
      number: readNumber(this.#record, 0),
      verdict: this.#record[2] as Verdict,
      kept: known(this.#numbers[KEPT]!),
      score: known(this.#numbers[SCORE]!),
    };
  }
}

function known(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}
