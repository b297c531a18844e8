import type { JsonObject } from "@dpo-kit/schema";
import { normaliseId } from "../input/join-table.ts";
import { firstText } from "../input/json-members.ts";

/** A thumb of `message_feedback.json`, of any of its three generations. */
export interface FeedbackEntry {
  /** The message it speaks of. */
  readonly id: string;
  /** The conversation it was given in; empty where that is not said. */
  readonly conversation: string;
  readonly up: boolean;
  /** When it was given, as a text that sorts by time; empty where that is not said. */
  readonly time: string;
}

/**
 * Reads an entry: `message_id` with `thumbsUp` before mid-2023, then `id` with `thumbsUp`, and `thumbs_up` since the
 * end of 2024. Undefined where it rates nothing.
 */
export function readFeedback({
  message_id,
  id,
  conversation_id: conversation,
  rating,
  create_time,
  update_time,
}: JsonObject): FeedbackEntry | undefined {
  const message = typeof message_id === "string" ? message_id : id;
  const up = thumbs.get(String(rating));
  const time = typeof update_time === "string" ? update_time : create_time;
  return typeof message === "string" && up !== undefined
    ? { id: message, conversation: firstText(conversation) ?? "", up, time: firstText(time) ?? "" }
    : undefined;
}

const thumbs: ReadonlyMap<string, boolean> = new Map([
  ["thumbsUp", true],
  ["thumbs_up", true],
  ["thumbsDown", false],
  ["thumbs_down", false],
]);

/** Of several thumbs on one message the latest; of equally late ones the last. */
export function latestFeedback(entries: readonly FeedbackEntry[]): FeedbackEntry[] {
  const latest = new Map<string, FeedbackEntry>();
  for (const entry of entries) {
    const id = normaliseId(entry.id);
    const known = latest.get(id);
    if (known === undefined || known.time <= entry.time) {
      latest.set(id, entry);
    }
  }
  return [...latest.values()];
}
