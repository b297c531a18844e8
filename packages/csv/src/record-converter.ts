import type { DropReason, Outcome } from "@dpo-kit/batch";
import {
  type ColumnRole,
  type Comparison,
  havePartedEarly,
  type JoinedAnswers,
  joinConversations,
  type MadePairs,
  makePairs,
  messageText,
  outcomeOf,
  type PairPolicy,
  sameMessages,
  takeContext,
} from "@dpo-kit/preference";
import { createIssue, type Issue, isBlank, type Message, type TransformName } from "@dpo-kit/schema";
import type { CsvColumn, CsvPlan } from "./csv-plan.ts";
import { malformedOutcome } from "./malformed-record.ts";
import { renderPrompt } from "./prompt-template.ts";
import type { RecordCursor } from "./record-cursor.ts";
import { RecordReading } from "./record-reading.ts";

/** Converts the records of one source by its plan. */
export class RecordConverter {
  private readonly plan: CsvPlan;
  private readonly policy: PairPolicy | undefined;
  private readonly preferred: CsvColumn;
  private readonly nonPreferred: CsvColumn;
  private readonly baseTransforms: readonly TransformName[];

  constructor(plan: CsvPlan, policy: PairPolicy | undefined) {
    this.plan = plan;
    this.policy = policy;
    this.preferred = plan.columns.preferred!;
    this.nonPreferred = plan.columns.nonPreferred!;
    this.baseTransforms = plan.encoding === "utf-8" ? [] : ["encoding-to-utf-8"];
  }

  /** What comes of the record the cursor stands at. */
  convert(record: RecordCursor): Outcome {
    return malformedOutcome(record) ?? this.convertRecord(record);
  }

  private convertRecord(record: RecordCursor): Outcome {
    const reading = new RecordReading(record);
    reading.transforms.push(...this.baseTransforms);
    const comparison = this.comparisonOf(reading);
    const made = makePairs(comparison, {
      at: record.location,
      policy: this.policy,
      paths: { prompt: "prompt", preferred: "preferred", nonPreferred: "non_preferred" },
    });
    const original = record.original();
    const found = this.placed(made.issues, record);
    if (reading.issues.length === 0) {
      return outcomeOf(this.replaced(made, found), { at: record.location, record: original });
    }
    // What could not be read is no empty answer: only what stands beside it is reported with it.
    const issues = [...reading.issues, ...found.filter((issue) => !this.isExplained(issue, reading.issues))];
    const dropped = [{ reason: dropReason(issues[0]!), issues }];
    return { kind: "rejected", at: record.location, issues, dropped, record: original };
  }

  private comparisonOf(reading: RecordReading): Comparison {
    const { columns } = this.plan;
    const tools = reading.tools(columns.tools);
    const history = columns.messages === undefined ? [] : (reading.messages(columns.messages, "user") ?? []);
    const prompt = this.promptOf(reading);
    const context = { history, prompt };
    const answers = this.answersOf(reading, context);
    const messages = this.withSystem(answers.context, reading);
    return {
      context: messages,
      ...(tools === undefined ? {} : { tools }),
      candidates: [{ completion: answers.first }, { completion: answers.second }],
      verdict: { kind: "given", preferred: 0, nonPreferred: 1 },
      transforms: reading.transforms,
    };
  }

  /** The messages of the prompt itself; undefined where the record has none. */
  private promptOf(reading: RecordReading): Message[] | undefined {
    const { promptFrom, promptTemplate, columns } = this.plan;
    if (promptFrom === "template") {
      const content = renderPrompt(promptTemplate!, (index) => reading.record.text(index), isBlank);
      if (content !== "") {
        reading.transforms.push("prompt-from-template");
      }
      return content === "" ? undefined : [{ role: "user", content }];
    }
    if (promptFrom !== "column") {
      return undefined;
    }
    const messages = reading.messages(columns.prompt!, "user") ?? [];
    return messages.some((message) => !isBlank(messageText(message))) ? messages : undefined;
  }

  private answersOf(
    reading: RecordReading,
    parts: { history: readonly Message[]; prompt: readonly Message[] | undefined },
  ): JoinedAnswers {
    const firstCall = 1 + [...parts.history, ...(parts.prompt ?? [])].length;
    const preferred = reading.messages(this.preferred, "assistant", { as: "answer", firstCall });
    const nonPreferred = reading.messages(this.nonPreferred, "assistant", { as: "answer", firstCall });
    const better = preferred ?? [];
    const worse = nonPreferred ?? [];
    // A column of messages that repeats one of the conversations, as some data sets have it, is no history.
    const repeats = [better, worse].some(
      (answer) => answer.length > 1 && sameMessages(answer, parts.history),
    );
    const history = repeats ? [] : parts.history;
    const context = this.contextOf(history, parts.prompt, reading);
    const joined =
      context === undefined ? joinConversations(better, worse) : takeContext(context, better, worse);
    if (joined === undefined || havePartedEarly(joined)) {
      reading.issues.push(this.divergence(reading.record));
      return { context: context ?? [], first: better.slice(-1), second: worse.slice(-1), repeated: 0 };
    }
    reading.transforms.push(...Array<TransformName>(joined.repeated).fill("repeated-prompt-removed"));
    return joined;
  }

  /** What the answers reply to; undefined where only the answers themselves tell. */
  private contextOf(
    history: readonly Message[],
    prompt: readonly Message[] | undefined,
    reading: RecordReading,
  ): readonly Message[] | undefined {
    if (prompt !== undefined) {
      const isThere = history.length >= prompt.length && sameMessages(history.slice(-prompt.length), prompt);
      if (isThere) {
        reading.transforms.push("repeated-prompt-removed");
      }
      return isThere ? history : [...history, ...prompt];
    }
    const last = history.at(-1)?.role;
    if (last === "user" || last === "tool" || last === "function") {
      reading.transforms.push("prompt-from-last-user-message");
      return history;
    }
    const { promptFrom } = this.plan;
    if (promptFrom === "answers" || (promptFrom === "messages" && history.length === 0)) {
      return undefined;
    }
    if (promptFrom !== "messages") {
      reading.issues.push(this.emptyPrompt(reading));
    }
    return history;
  }

  private withSystem(context: readonly Message[], reading: RecordReading): readonly Message[] {
    const text = reading.text(this.plan.columns.system);
    const first = context[0];
    if (!isBlank(text)) {
      reading.transforms.push("system-from-column");
      const isThere = first?.role === "system" && messageText(first) === text;
      return isThere ? context : [{ role: "system", content: text }, ...context];
    }
    if (this.plan.system === undefined || first?.role === "system") {
      return context;
    }
    reading.transforms.push("system-from-option");
    return [{ role: "system", content: this.plan.system }, ...context];
  }

  private emptyPrompt(reading: RecordReading): Issue {
    const column = this.columnOf("prompt");
    return createIssue("PAIR_EMPTY_PROMPT", {
      location: column === undefined ? reading.record.location : reading.record.cellLocation(column),
      found: column === undefined ? undefined : reading.record.text(column),
    });
  }

  private divergence(record: RecordCursor): Issue {
    return createIssue("PAIR_DIVERGENCE", {
      location: record.cellLocation(this.nonPreferred.index),
      severity: "error",
      expected: "answers that differ in their last message only, and reply to the prompt",
      hint: "Put what both answers reply to into the prompt, and one assistant message into each answer.",
    });
  }

  /** The index of the column that a part of the pair comes from; of a template its first. */
  private columnOf(part: string): number | undefined {
    const { columns, promptTemplate } = this.plan;
    if (part === "prompt") {
      const inTemplate = promptTemplate?.find((piece) => piece.kind === "column");
      return (columns.prompt ?? inTemplate ?? columns.messages)?.index;
    }
    const role: ColumnRole | undefined =
      part === "preferred" ? "preferred" : part === "non_preferred" ? "nonPreferred" : undefined;
    return role && columns[role]?.index;
  }

  /** Issues of a part of the pair with the place of its cell. */
  private placed(issues: readonly Issue[], record: RecordCursor): Issue[] {
    return issues.map((issue) => {
      const column = this.columnOf(issue.location.path ?? "");
      return column === undefined ? issue : { ...issue, location: record.cellLocation(column) };
    });
  }

  private replaced(made: MadePairs, issues: readonly Issue[]): MadePairs {
    if (issues.length === 0) {
      return made;
    }
    const places = new Map(made.issues.map((issue, index) => [issue, issues[index]!]));
    const dropped = made.dropped.map((comparison) =>
      comparison.issues === undefined
        ? comparison
        : { ...comparison, issues: comparison.issues.map((issue) => places.get(issue) ?? issue) },
    );
    return { ...made, issues, dropped };
  }

  /** Whether an issue says of a cell what a more exact one already says, or cannot be told beside it. */
  private isExplained(issue: Issue, known: readonly Issue[]): boolean {
    return known.some(
      ({ code, location }) =>
        code === "PAIR_DIVERGENCE" ||
        (location.line === issue.location.line && location.column === issue.location.column),
    );
  }
}

function dropReason({ code }: Issue): DropReason {
  if (code === "PAIR_EMPTY_PROMPT") {
    return "empty";
  }
  return code === "PAIR_DIVERGENCE" ? "divergence" : "invalid";
}
