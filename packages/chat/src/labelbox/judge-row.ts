import type { JsonObject, Location } from "@dpo-kit/schema";
import type { ChatRecord } from "../chat-format.ts";
import { buildConversation, type Conversation } from "../model/conversation.ts";
import type { Judgement } from "../model/judgement.ts";
import { readMessages } from "./read-messages.ts";
import type { EvaluationTask } from "./read-task.ts";

/** One line of the export: a data row, or its id, and a task. */
export interface Evaluation {
  readonly at: Location;
  readonly row: JsonObject;
  /** Missing where it compares nothing. */
  readonly task?: EvaluationTask | undefined;
}

/** The record of a data row. Its messages stand in any of its lines. */
export function recordOfRow(evaluations: readonly Evaluation[]): ChatRecord {
  const { at } = evaluations[0]!;
  const row = evaluations.map((each) => each.row).find(({ messages }) => messages !== undefined) ?? {};
  const tasks = evaluations.flatMap(({ task }) => (task === undefined ? [] : [task]));
  const nodes = readMessages(row, tasks);
  if (nodes.length === 0) {
    return { kind: "skipped", at, reason: "no-messages" };
  }
  const conversation = buildConversation(nodes, { id: String(row.id ?? ""), alternatives: "none" });
  const judgements = tasks.flatMap((task) => judgementsOf(task, conversation));
  return { kind: "judged", at, conversation, judgements };
}

function judgementsOf({ verdict }: EvaluationTask, conversation: Conversation): Judgement[] {
  if (verdict.kind === "ranking") {
    return [verdict.judgement];
  }
  const { winner } = verdict;
  const losers = siblingsOf(winner, conversation);
  return losers.length === 0
    ? [{ kind: "none", reason: "nothing-else" }]
    : losers.map((loser): Judgement => ({ kind: "vote", winner, loser }));
}

function siblingsOf(id: string, { nodes }: Conversation): string[] {
  const parent = nodes.get(nodes.get(id)?.parent ?? "");
  const beside = parent?.children ?? [];
  return beside.filter((child) => child !== id && nodes.get(child)!.role === "assistant");
}
