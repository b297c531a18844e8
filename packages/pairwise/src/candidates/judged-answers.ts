import type { Candidate, Comparison, Verdict } from "@dpo-kit/preference";
import type { JsonObject, Message } from "@dpo-kit/schema";
import { readTools } from "../read-context.ts";
import type { RowSample } from "../row-sample.ts";
import type { ColumnMapping, NeededFlag, RowContext, RowReading, ShapeClaim } from "../shape.ts";
import type { VerdictFinding } from "../verdicts/find-verdict.ts";
import { findScores } from "../verdicts/known-verdicts.ts";
import { type Judgement, readVerdict } from "../verdicts/read-verdict.ts";
import { verdictNumber } from "../verdicts/side.ts";
import type { VerdictRule } from "../verdicts/verdict-rule.ts";
import type { AnswerColumns } from "./answer-columns.ts";
import { ownMember } from "./member.ts";

/** A claim on rows that hold two answers and a verdict. Plain data. */
export interface JudgedClaim extends ShapeClaim {
  readonly answers: AnswerColumns;
  /** Missing where a flag is needed first. */
  readonly rule?: VerdictRule | undefined;
  /** Scores beside a verdict: they only give a margin. */
  readonly scores?: readonly string[] | undefined;
}

/** The claim, or undefined where there is no verdict at all: then nothing is preferred. */
export function judgedClaim(
  sample: RowSample,
  answers: AnswerColumns,
  verdict: VerdictFinding,
): JudgedClaim | undefined {
  if (verdict.kind === "missing") {
    return undefined;
  }
  const rule = verdict.kind === "found" ? verdict.rule : undefined;
  const columns = verdict.kind === "found" ? verdict.rule.columns : verdict.columns;
  const place = { columns: sample.columns.map(({ name }) => name), answers, rows: sample.rows };
  return {
    confidence: rule === undefined ? 0.5 : 0.9,
    why: `${answers.first} and ${answers.second} are two answers${rule === undefined ? "" : `, and ${rule.why}`}`,
    mapping: [
      { role: "first", column: answers.first },
      { role: "second", column: answers.second },
      ...columns.map((column): ColumnMapping => ({ role: "verdict", column })),
    ],
    answers,
    rule,
    scores: findScores(place)?.columns,
    needsFlag: verdict.kind === "found" ? undefined : flagFor(verdict),
  };
}

function flagFor({ message, flags }: VerdictFinding & { kind: "unclear" }): NeededFlag {
  const asked = flags.map((flag) =>
    /^[\w:=,+.-]+$/u.test(flag) ? `--verdict ${flag}` : `--verdict '${flag}'`,
  );
  return {
    code: "PAIRWISE_VERDICT_UNKNOWN",
    message,
    hint: flags.length === 0 ? "Name a column as it is written." : `Say which: ${asked.join("  or  ")}`,
  };
}

/** The claim of a row's context, if it is one of two judged answers that can be read. */
function asJudged({ claim }: RowContext): ReadableClaim | undefined {
  const { answers, rule } = claim as Partial<JudgedClaim>;
  return answers === undefined || rule === undefined ? undefined : (claim as ReadableClaim);
}

/** A claim that needs no flag. */
export type ReadableClaim = JudgedClaim & { readonly rule: VerdictRule };

/** Two answers to one context. */
export interface TwoAnswers {
  readonly context: readonly Message[];
  readonly first: readonly Message[];
  readonly second: readonly Message[];
}

/** Why a row makes no comparison by its verdict: nobody judged, or the value is not known. */
function withoutVerdict(judgement: Judgement, row: JsonObject, context: RowContext): RowReading | undefined {
  const { columns } = asJudged(context)!.rule;
  if (judgement.reading === "none") {
    return { skipped: "no-verdict" };
  }
  if (judgement.reading !== "unknown") {
    return undefined;
  }
  context.reader.wrong("PAIR_INVALID", columns[0]!, {
    message: "The verdict is none of the values that are known",
    found: columns.length === 1 ? ownMember(row, columns[0]!) : columns.map((name) => ownMember(row, name)),
    hint: "Say what it means with --verdict, or leave it empty where nobody judged.",
  });
  return { comparisons: [] };
}

/** Reads the two answers of a row that was judged. */
export type ReadJudged = (claim: ReadableClaim, judgement: Judgement) => RowReading;

/** What a row with two answers and a verdict says: its answers are read only where somebody judged them. */
export function readJudged(row: JsonObject, context: RowContext, read: ReadJudged): RowReading {
  const claim = asJudged(context);
  if (claim === undefined || !Object.hasOwn(row, claim.answers.first)) {
    return { unfit: true };
  }
  const judgement = readVerdict(row, claim.rule);
  return withoutVerdict(judgement, row, context) ?? read(claim, judgement);
}

/** The reading of two answers that have no context in common. */
export function partedAnswers({ reading }: Judgement): RowReading {
  return { comparisons: [], dropped: [{ reason: reading === "tie" ? "tie" : "divergence" }] };
}

/** The comparison of two answers under a verdict. */
export function compareTwo(
  { context: messages, first, second }: TwoAnswers,
  { reading, standing }: Judgement,
  row: JsonObject,
  context: RowContext,
): RowReading {
  const { answers, scores } = asJudged(context)!;
  const tools = readTools(row, context);
  const numbers = standing ?? scores?.map((column) => verdictNumber(ownMember(row, column)));
  const comparison: Comparison = {
    context: messages,
    candidates: [candidate(first, numbers?.[0]), candidate(second, numbers?.[1])],
    verdict: verdictOf(reading),
    ...(tools === undefined ? {} : { tools }),
  };
  const columns = [answers.first, answers.second];
  return { comparisons: [comparison], paths: { candidate: (index) => columns[index]! } };
}

function candidate(completion: readonly Message[], score: number | undefined): Candidate {
  return score === undefined ? { completion } : { completion, score };
}

function verdictOf(reading: Judgement["reading"]): Verdict {
  switch (reading) {
    case "first":
      return { kind: "given", preferred: 0, nonPreferred: 1 };
    case "second":
      return { kind: "given", preferred: 1, nonPreferred: 0 };
    default:
      return { kind: "tie" };
  }
}
