import {
  type Candidate,
  type Comparison,
  havePartedEarly,
  type JoinedAnswers,
  joinContext,
  joinConversations,
  type PartedConversations,
} from "@dpo-kit/preference";
import type { FunctionTool, JsonObject, Message } from "@dpo-kit/schema";
import { numberAt } from "./named-answers.ts";
import { readTools, refuseMedia, withSystem } from "./read-context.ts";
import { compareRepeatedPrompt } from "./repeated-prompt.ts";
import { columnOf, type RowContext, type RowReading } from "./shape.ts";

/** A better and a worse answer, as they were read. */
export interface ReadAnswers {
  /** What both reply to; undefined where only the answers themselves tell. */
  readonly context: readonly Message[] | undefined;
  readonly preferred: readonly Message[];
  readonly nonPreferred: readonly Message[];
  readonly tools?: readonly FunctionTool[] | undefined;
}

/**
 * The comparison of a better and a worse answer that may have their prompt in front. Conversations that part
 * before their last answer are dropped, or end at their first own answers where the user wants that.
 */
export function compareAnswers(row: JsonObject, answers: ReadAnswers, context: RowContext): RowReading {
  const { preferred, nonPreferred } = answers;
  const joined =
    answers.context === undefined
      ? joinConversations(preferred, nonPreferred)
      : joinContext(answers.context, preferred, nonPreferred);
  const settled = havePartedEarly(joined) ? firstTurnOf(joined, context) : joined;
  const paths = pathsOf(context);
  if (settled === undefined) {
    return { comparisons: [], dropped: [{ reason: "divergence" }], paths };
  }
  context.reader.changed("repeated-prompt-removed", settled.repeated);
  const messages =
    answers.context === undefined ? withSystem(settled.context, row, context) : settled.context;
  const whole = { ...settled, context: messages };
  compareRepeatedPrompt(row, messages, context);
  return { comparisons: [comparisonOf(row, whole, { answers, context })], paths };
}

/** The comparison of two answers that surely have their prompt in front. */
export function compareWhole(
  row: JsonObject,
  answers: Pick<ReadAnswers, "preferred" | "nonPreferred">,
  context: RowContext,
): RowReading {
  refuseMedia(row, context);
  return compareAnswers(row, { ...answers, context: undefined, tools: readTools(row, context) }, context);
}

function firstTurnOf({ firstTurn }: PartedConversations, { options }: RowContext): JoinedAnswers | undefined {
  return options.onDivergence === "first-turn" ? firstTurn : undefined;
}

function comparisonOf(
  row: JsonObject,
  joined: JoinedAnswers,
  { answers, context }: { answers: ReadAnswers; context: RowContext },
): Comparison {
  const { claim } = context;
  return {
    context: joined.context,
    ...(answers.tools === undefined ? {} : { tools: answers.tools }),
    candidates: [
      candidate(joined.first, numberAt(row, columnOf(claim, "preferred score"))),
      candidate(joined.second, numberAt(row, columnOf(claim, "non_preferred score"))),
    ],
    verdict: { kind: "given", preferred: 0, nonPreferred: 1 },
  };
}

function candidate(completion: readonly Message[], score: number | undefined): Candidate {
  return { completion, ...(score === undefined ? {} : { score }) };
}

function pathsOf({ claim }: RowContext): { prompt?: string; preferred?: string; nonPreferred?: string } {
  const prompt = columnOf(claim, "prompt") ?? columnOf(claim, "messages") ?? columnOf(claim, "preferred");
  const preferred = columnOf(claim, "preferred");
  const nonPreferred = columnOf(claim, "non_preferred");
  return {
    ...(prompt === undefined ? {} : { prompt }),
    ...(preferred === undefined ? {} : { preferred }),
    ...(nonPreferred === undefined ? {} : { nonPreferred }),
  };
}
