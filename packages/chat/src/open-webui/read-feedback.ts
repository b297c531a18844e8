import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";

/** What somebody said of an answer. */
export interface Rating {
  /** Missing where only a score was given. */
  readonly up?: boolean | undefined;
  /** From 1 to 10. */
  readonly score?: number | undefined;
}

/** An entry of the exported feedback. */
export interface FeedbackEntry extends Rating {
  /** By which the answer names it. */
  readonly id: string;
  readonly message: string;
  readonly chat: string;
  /** Whether the models were hidden, and the answers a battle between them. */
  readonly arena: boolean;
  /** Who gave it: to tell people apart, never to be written anywhere. */
  readonly user: string;
  readonly time: number;
}

/** Reads a rating: 1 or -1, as a number or a text, and a score in the details. Undefined where it is neither. */
export function readRating(data: JsonValue | undefined): Rating | undefined {
  if (!isObject(data)) {
    return undefined;
  }
  const { rating, details } = data;
  const up = new Map([
    ["1", true],
    ["-1", false],
  ]).get(String(rating));
  const score = isObject(details) ? scoreOf(details.rating) : undefined;
  return up === undefined && score === undefined ? undefined : { up, score };
}

function scoreOf(value: JsonValue | undefined): number | undefined {
  const score = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof score === "number" && score >= 1 && score <= 10 ? score : undefined;
}

/** Reads an entry; undefined where it rates nothing, or says not what. */
export function readFeedback({
  id,
  user_id: user,
  data,
  meta,
  updated_at: time,
}: JsonObject): FeedbackEntry | undefined {
  const rating = readRating(data);
  const facts = isObject(meta) ? meta : {};
  const message = firstText(facts.message_id);
  if (rating === undefined || message === undefined) {
    return undefined;
  }
  return {
    ...rating,
    id: firstText(id) ?? "",
    message,
    chat: firstText(facts.chat_id) ?? "",
    arena: facts.arena === true,
    user: firstText(user) ?? "",
    time: typeof time === "number" ? time : 0,
  };
}

/** Of several entries by one person on one answer the latest; of equally late ones the last. */
export function latestFeedback(entries: readonly FeedbackEntry[]): FeedbackEntry[] {
  const latest = new Map<string, FeedbackEntry>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.user, entry.message]);
    const known = latest.get(key);
    if (known === undefined || known.time <= entry.time) {
      latest.set(key, entry);
    }
  }
  return [...latest.values()];
}
