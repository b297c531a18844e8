import { type PairBatch, type Reducer, SPANS_PER_LINE, type VerdictColumn, verdicts } from "@dpo-kit/batch";
import { createIssue, DataError, type Issue } from "@dpo-kit/schema";
import { longerSideTokens, type TokenCounter } from "@dpo-kit/tokens";
import { encodedLine, locatedRun, pairLocation } from "./locate-long-run.ts";

/** Why pairs with more tokens are filtered, in the ledger of pairs. */
export const MAX_TOKENS_REASON = "max-tokens";

/** How pairs are measured, and what becomes of those that are too long. */
export interface TokenLimitOptions {
  readonly counter: TokenCounter;
  /** Of the input and the longer answer, as `longerSideTokens` counts them. From 1. */
  readonly maxTokens: number;
  /** Default `drop`: they are filtered, with {@link MAX_TOKENS_REASON}. */
  readonly over?: "drop" | "error";
  /** The names of the sources by their number. */
  readonly sources?: readonly string[];
}

/** Of an error that lists pairs; all are counted. */
const LISTED_PAIRS = 1000;

/**
 * Takes out pairs whose longer side has more tokens than that: whole pairs, answers are never cut. With `error` all
 * pairs are looked at first, and `decide` throws where one is too long.
 *
 * @throws TOKENS_OVER_LIMIT TOKENS_RUN_TOO_LONG
 */
export function createTokenLimit(options: TokenLimitOptions): Reducer {
  return options.over === "error" ? new TokenLimitCheck(options) : new TokenLimitFilter(options);
}

class TokenLimitFilter implements Reducer {
  readonly name = MAX_TOKENS_REASON;
  readonly needsAll = false;
  readonly #options: TokenLimitOptions;

  constructor(options: TokenLimitOptions) {
    this.#options = options;
  }

  apply(batch: PairBatch, current: Uint8Array): VerdictColumn {
    const verdict = new Uint8Array(batch.count);
    const reason = new Map<number, string>();
    for (const { pair } of longPairs(batch, current, this.#options)) {
      verdict[pair] = verdicts.filtered;
      reason.set(pair, MAX_TOKENS_REASON);
    }
    return { verdict, reason };
  }
}

class TokenLimitCheck implements Reducer {
  readonly name = MAX_TOKENS_REASON;
  readonly needsAll = true;
  readonly #options: TokenLimitOptions;
  readonly #issues: Issue[] = [];
  #count = 0;

  constructor(options: TokenLimitOptions) {
    this.#options = options;
  }

  observe(batch: PairBatch, current: Uint8Array): void {
    const { maxTokens, sources } = this.#options;
    for (const { pair, tokens } of longPairs(batch, current, this.#options)) {
      this.#count += 1;
      if (this.#issues.length < LISTED_PAIRS) {
        const location = pairLocation(batch, pair, sources);
        const message = `The input and the longer answer have ${tokens} tokens`;
        const expected = `at most ${maxTokens}`;
        this.#issues.push(createIssue("TOKENS_OVER_LIMIT", { location, message, expected }));
      }
    }
  }

  decide(): void {
    const [first] = this.#issues;
    if (first !== undefined) {
      const pairs = this.#count === 1 ? "1 pair has" : `${this.#count} pairs have`;
      throw new DataError("TOKENS_OVER_LIMIT", {
        message: `${pairs} more than ${this.#options.maxTokens} tokens`,
        issues: this.#issues,
      });
    }
  }

  apply({ count }: PairBatch): VerdictColumn {
    return { verdict: new Uint8Array(count) };
  }
}

/** The pairs that are still kept, and too long. */
function* longPairs(
  batch: PairBatch,
  current: Uint8Array,
  options: TokenLimitOptions,
): Generator<{ pair: number; tokens: number }> {
  const { maxTokens } = options;
  for (let pair = 0; pair < batch.count; pair += 1) {
    if (current[pair] === verdicts.keep && mostTokens(batch, pair) > maxTokens) {
      const tokens = countPair(batch, pair, options);
      if (tokens > maxTokens) {
        yield { pair, tokens };
      }
    }
  }
}

function countPair(batch: PairBatch, pair: number, { counter, sources }: TokenLimitOptions): number {
  try {
    return longerSideTokens(counter.countLines(encodedLine(batch, pair)), 0);
  } catch (error) {
    throw locatedRun(error, pairLocation(batch, pair, sources));
  }
}

/**
 * What the tokens of a line's longer side cannot exceed: a token has at least one byte, and what the chat format adds
 * to a message is less than its JSON does. Most lines are far below the limit, and need no counting. Tools always do:
 * their numbers may be written shorter here than where they are counted.
 */
function mostTokens({ spans }: PairBatch, pair: number): number {
  const bytes = (part: number): number =>
    spans[pair * SPANS_PER_LINE + part + 1]! - spans[pair * SPANS_PER_LINE + part]!;
  const hasTools = bytes(2) > "[]".length;
  return hasTools ? Number.POSITIVE_INFINITY : bytes(0) + Math.max(bytes(4), bytes(6));
}
