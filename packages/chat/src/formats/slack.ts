import type { JsonObject } from "@dpo-kit/schema";
import type { BareFormat } from "../chat-format.ts";

/** Exports of Slack: a file for each channel and day, and lists of users, channels and integrations beside them. */
export const slack: BareFormat = {
  id: "slack",
  title: "a Slack export",
  reason: "people talk with each other in it, each question has one answer, and an emoji can mean anything.",
  advice:
    "If a bot answers there, score or correct its answers in its trace store, such as Langfuse or LangSmith, and convert that export.",
  detect: ({ layout, values }) =>
    layout === "array" && values.some((value) => isMessage(value) || isListed(value)),
};

function isMessage({ type, ts, text }: JsonObject): boolean {
  return type === "message" && typeof ts === "string" && typeof text === "string";
}

/** Whether an object is a user, a channel or direct conversation, or an entry in the log of integrations. */
function isListed(value: JsonObject): boolean {
  return listed.some((members) => members.every((name) => Object.hasOwn(value, name)));
}

/** What `users.json`, `channels.json` and the like, `dms.json`, and `integration_logs.json` have. */
const listed: readonly (readonly string[])[] = [
  ["id", "team_id", "name", "profile"],
  ["id", "created", "members"],
  ["user_id", "user_name", "date", "change_type"],
];
