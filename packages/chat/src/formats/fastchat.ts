import type { JsonObject, Location } from "@dpo-kit/schema";
import type { ChatFormat, ChatRecord } from "../chat-format.ts";
import { readBattle, readSingle } from "../fastchat/read-battle.ts";
import { readEach } from "../input/read-each.ts";

/** The log of FastChat's arena: an event on each line. https://github.com/lm-sys/FastChat */
export const fastchat: ChatFormat = {
  id: "fastchat",
  title: "a log of FastChat's arena",
  detail:
    "YYYY-MM-DD-conv.json: votes between two models. Only votes on the first answer count, since after it each model " +
    "has a history of its own.",
  signals: ["vote"],
  detect: ({ values }) =>
    values.some(isEvent)
      ? { role: "log", why: "its events have a type and the states of models" }
      : undefined,
  read: (input) => readEach(input, "log", readEvent),
};

function isEvent({ type, tstamp, states, state }: JsonObject): boolean {
  return typeof type === "string" && tstamp !== undefined && (Array.isArray(states) || state !== undefined);
}

/** Why nobody won, by the type of the event. */
const undecided: ReadonlyMap<string, string> = new Map([
  ["tievote", "tie"],
  ["bothbad_vote", "both-bad"],
]);

/** The place of the winner, by the type of the event. */
const winners: ReadonlyMap<string, 0 | 1> = new Map([
  ["leftvote", 0],
  ["rightvote", 1],
]);

function readEvent(value: JsonObject, at: Location): ChatRecord {
  const type = String(value.type);
  const winner = winners.get(type);
  const reason = undecided.get(type);
  if (winner !== undefined || reason !== undefined) {
    return readBattle(value, { at, verdict: winner === undefined ? { reason: reason! } : { winner } });
  }
  if (type === "upvote" || type === "downvote") {
    return readSingle(value, { at, up: type === "upvote" });
  }
  return { kind: "skipped", at, reason: "no-vote" };
}
