import type { JsonObject, JsonValue, Location } from "@dpo-kit/schema";
import type { ChatRecord } from "../chat-format.ts";
import { firstText } from "../input/json-members.ts";
import { answersTo } from "../model/answers-to.ts";
import type { MessageNode } from "../model/chat-node.ts";
import { buildConversation, type Conversation, chainNodes } from "../model/conversation.ts";
import type { Judgement } from "../model/judgement.ts";
import { type ArenaState, readState } from "./read-state.ts";

/** Which side won, or why none did. */
type Verdict = { readonly winner: 0 | 1 } | { readonly reason: string };

const placements = ["left", "right"] as const;

/** Reads a vote between two models. */
export function readBattle(
  { states }: JsonObject,
  { at, verdict }: { at: Location; verdict: Verdict },
): ChatRecord {
  const [one, other] = Array.isArray(states) ? states : [];
  const left = readState(one, "left");
  const right = readState(other, "right");
  const ends = [left, right].map((state) => state?.messages.at(-1)?.id);
  if (left === undefined || right === undefined || ends[0] === undefined || ends[1] === undefined) {
    return { kind: "skipped", at, reason: "no-messages" };
  }
  const id = idOf(one);
  const judgement = judgementOf(verdict, ends as [string, string]);
  return { kind: "judged", at, conversation: battle(left, right, id), judgements: [judgement] };
}

function judgementOf(verdict: Verdict, ends: readonly [string, string]): Judgement {
  if ("reason" in verdict) {
    return { kind: "none", reason: verdict.reason };
  }
  const { winner } = verdict;
  return { kind: "vote", winner: ends[winner], loser: ends[1 - winner]!, placement: placements[winner] };
}

/** Two answers to one question; or, where more was said, two conversations, of which nothing can be compared. */
function battle(left: ArenaState, right: ArenaState, id: string): Conversation {
  const [question] = left.messages;
  if (!isOneTurn(left) || !isOneTurn(right) || !saysTheSame(question!, right.messages[0]!)) {
    const sides = [left, right].flatMap(({ messages }) => chainNodes(messages));
    return buildConversation(sides, { id, alternatives: "none" });
  }
  const isShared = left.system === right.system;
  const system: MessageNode[] =
    isShared && left.system !== "" ? [{ id: "system", role: "system", content: left.system }] : [];
  const answers = [left.messages[1]!, right.messages[1]!];
  return answersTo([...system, question!], answers, {
    id,
    hiddenInput: !isShared || left.hasExamples || right.hasExamples,
  });
}

function isOneTurn({ messages }: ArenaState): boolean {
  return messages.length === 2 && messages[0]!.role === "user" && messages[1]!.role === "assistant";
}

function saysTheSame(one: MessageNode, other: MessageNode): boolean {
  return JSON.stringify(one.content) === JSON.stringify(other.content);
}

/** Reads a thumb on the answer of one model by itself. */
export function readSingle(
  { state: value }: JsonObject,
  { at, up }: { at: Location; up: boolean },
): ChatRecord {
  const state = readState(value, "single");
  const turn = state?.messages.at(-1)?.id;
  if (state === undefined || turn === undefined) {
    return { kind: "skipped", at, reason: "no-messages" };
  }
  const conversation = buildConversation(chainNodes(state.messages), { id: idOf(value) });
  return { kind: "judged", at, conversation, judgements: [{ kind: "thumb", turn, up }] };
}

function idOf(state: JsonValue | undefined): string {
  return firstText((state as JsonObject).conv_id) ?? "";
}
