import type { DroppedComparison, DropReason, Pair } from "@dpo-kit/batch";
import {
  type AssistantMessage,
  createIssue,
  type DpoInput,
  type FunctionTool,
  type Issue,
  type IssueCode,
  type Location,
  type Message,
} from "@dpo-kit/schema";
import type { Comparison } from "./comparison.ts";
import { capPairs, type MadePairs } from "./made-pairs.ts";
import { checkCompletion, checkContext, namesCandidates, type PairPaths } from "./pair-checks.ts";
import { type IsTooClose, marginOf, tooClose } from "./pair-margin.ts";
import type { PairPolicy } from "./pair-policy.ts";
import { sameAnswer } from "./same-answer.ts";
import { type Compared, type Selected, selectPairs } from "./select-pairs.ts";

/** How pairs are made of a comparison. */
export interface MakePairsOptions {
  /** Where the comparison stands; issues are located there. */
  at: Location;
  policy?: PairPolicy | undefined;
  paths?: PairPaths | undefined;
}

/** More comparisons than this in one record are no preference data, and would exhaust the machine. */
export const MAXIMUM_COMPARISONS = 100_000;

/**
 * Makes the pairs of one comparison under a policy (see `PairSelection`), and checks each of them: a prompt
 * with a user's text that does not end with the assistant; two answers of one assistant message each that
 * say something and are not the same. What is tied, closer than the policy asks or above its cap is dropped.
 *
 * A pair that is given stays as it is whatever the scores say, unless the policy has a smallest margin.
 * With `ties: "error"` a tie among the comparisons drops all of them, and the record has an issue.
 *
 * All pairs share the comparison's own messages and tools; nothing is copied.
 */
export function makePairs(comparison: Comparison, options: MakePairsOptions): MadePairs {
  const selected = selectPairs(comparison, options.policy?.pairs ?? "auto");
  if (selected.count > MAXIMUM_COMPARISONS) {
    return tooMany(selected.count, options.at);
  }
  const made = new PairMaker(comparison, selected, options).make();
  if (options.policy?.ties === "error" && made.dropped.some(({ reason }) => reason === "tie")) {
    return tieAsError(made, options.at);
  }
  return capPairs(made, options.policy?.maxPairsPerRecord);
}

function tooMany(count: number, at: Location): MadePairs {
  const issue = createIssue("PAIR_TOO_MANY", {
    location: at,
    expected: `at most ${MAXIMUM_COMPARISONS}`,
    found: count,
  });
  return { considered: 0, pairs: [], dropped: [], issues: [issue] };
}

function tieAsError(made: MadePairs, at: Location): MadePairs {
  const issue = createIssue("PAIR_TIE", {
    location: at,
    severity: "error",
    hint: "Leave ties out with --ties drop, or settle them in the data.",
  });
  const dropped = Array.from({ length: made.considered }, () => ({
    reason: "tie" as const,
    issues: [issue],
  }));
  return { considered: made.considered, pairs: [], dropped, issues: [issue, ...made.issues] };
}

const noIssues: readonly Issue[] = [];

/** Goes through the selected comparisons of one record; checks what they share once. */
class PairMaker {
  readonly #comparison: Comparison;
  readonly #selected: Selected;
  readonly #options: MakePairsOptions;
  readonly #pairs: Pair[] = [];
  readonly #dropped: DroppedComparison[] = [];
  #issues: Set<Issue> | undefined;
  #contextIssues: readonly Issue[] | undefined;
  #answerIssues: Map<string, readonly Issue[]> | undefined;
  #input: DpoInput | undefined;

  constructor(comparison: Comparison, selected: Selected, options: MakePairsOptions) {
    this.#comparison = comparison;
    this.#selected = selected;
    this.#options = options;
  }

  make(): MadePairs {
    const margin = marginOf(this.#comparison);
    const isTooClose = tooClose(this.#comparison, this.#options.policy ?? {});
    for (const compared of this.#selected.compared) {
      if (compared.tie) {
        this.#dropped.push({ reason: "tie" });
      } else if (!namesCandidates(this.#comparison, compared.preferred, compared.nonPreferred)) {
        this.#drop([this.#verdictIssue(compared)]);
      } else {
        this.#decide(compared, margin(compared.preferred, compared.nonPreferred), isTooClose);
      }
    }
    return {
      considered: this.#selected.count,
      pairs: this.#pairs,
      dropped: this.#dropped,
      issues: this.#issues === undefined ? noIssues : [...this.#issues],
    };
  }

  #decide(compared: Compared, margin: number | undefined, isTooClose: IsTooClose): void {
    if (isTooClose(compared.preferred, compared.nonPreferred)) {
      this.#dropped.push({ reason: "margin" });
      return;
    }
    const issues = this.#check(compared);
    if (issues.length > 0) {
      this.#drop(issues);
    } else {
      this.#pairs.push(this.#pair(compared, margin));
    }
  }

  #drop(issues: readonly Issue[]): void {
    this.#dropped.push({ reason: dropReasons.get(issues[0]!.code) ?? "invalid", issues });
    this.#issues ??= new Set();
    for (const issue of issues) {
      this.#issues.add(issue);
    }
  }

  #check({ preferred, nonPreferred }: Compared): readonly Issue[] {
    const { at, paths } = this.#options;
    this.#contextIssues ??= checkContext(this.#comparison.context, at).map((issue) =>
      atPath(issue, paths?.prompt ?? "prompt"),
    );
    const better = this.#checkAnswer(preferred, paths?.preferred ?? "preferred");
    const worse = this.#checkAnswer(nonPreferred, paths?.nonPreferred ?? "non_preferred");
    if (better.length === 0 && worse.length === 0 && !this.#areSame(preferred, nonPreferred)) {
      return this.#contextIssues;
    }
    const answers =
      better.length + worse.length > 0 ? [...better, ...worse] : [this.#identical(nonPreferred)];
    return [...this.#contextIssues, ...answers];
  }

  #checkAnswer(index: number, side: string): readonly Issue[] {
    const found = checkCompletion(this.#comparison.candidates[index]!.completion, this.#options.at);
    if (found.length === 0) {
      return found;
    }
    // The same answer may spoil many pairs; it is one problem of the record.
    this.#answerIssues ??= new Map();
    const path = this.#options.paths?.candidate?.(index) ?? side;
    const key = `${index} ${path}`;
    const known = this.#answerIssues.get(key) ?? found.map((issue) => atPath(issue, path));
    this.#answerIssues.set(key, known);
    return known;
  }

  #areSame(preferred: number, nonPreferred: number): boolean {
    return sameAnswer(this.#message(preferred), this.#message(nonPreferred));
  }

  #identical(nonPreferred: number): Issue {
    const { at, paths } = this.#options;
    const path = paths?.candidate?.(nonPreferred) ?? paths?.nonPreferred ?? "non_preferred";
    return createIssue("PAIR_IDENTICAL", {
      location: { ...at, path },
      found: this.#message(nonPreferred).content,
    });
  }

  #verdictIssue({ preferred, nonPreferred }: Compared): Issue {
    return createIssue("PAIR_INVALID", {
      location: this.#options.at,
      message: "The verdict names an answer that is not there",
      expected: `two of ${this.#comparison.candidates.length} answers`,
      found: [preferred, nonPreferred],
      hint: "Check the column that says which answer is better.",
    });
  }

  #pair({ preferred, nonPreferred }: Compared, margin: number | undefined): Pair {
    const { transforms = [], provenance } = this.#comparison;
    this.#input ??= inputOf(this.#comparison);
    const pair: Pair = {
      example: {
        input: this.#input,
        preferred_output: this.#comparison.candidates[preferred]!.completion as AssistantMessage[],
        non_preferred_output: this.#comparison.candidates[nonPreferred]!.completion as AssistantMessage[],
      },
      rule: this.#selected.rule,
      transforms,
    };
    if (margin !== undefined) {
      pair.margin = margin;
    }
    if (provenance !== undefined) {
      pair.provenance = provenance;
    }
    return pair;
  }

  #message(index: number): Message {
    return this.#comparison.candidates[index]!.completion[0]!;
  }
}

const dropReasons: ReadonlyMap<IssueCode, DropReason> = new Map([
  ["PAIR_EMPTY_PROMPT", "empty"],
  ["PAIR_EMPTY_ANSWER", "empty"],
  ["PAIR_IDENTICAL", "identical"],
]);

function atPath(issue: Issue, path: string): Issue {
  return { ...issue, location: { ...issue.location, path } };
}

function inputOf({ context, tools, parallelToolCalls }: Comparison): DpoInput {
  const input: DpoInput = { messages: context as Message[] };
  if (tools !== undefined) {
    input.tools = tools as FunctionTool[];
  }
  if (parallelToolCalls !== undefined) {
    input.parallel_tool_calls = parallelToolCalls;
  }
  return input;
}
