import type { BareFormat } from "../chat-format.ts";

/** Exports of Slack: a file for each channel and day. */
export const slack: BareFormat = {
  id: "slack",
  title: "a Slack export",
  reason: "people talk with each other in it, each question has one answer, and an emoji can mean anything.",
  advice:
    "If a bot answers there, score or correct its answers in its trace store, such as Langfuse or LangSmith, and convert that export.",
  detect: ({ values }) =>
    values.some(
      ({ type, ts, text }) => type === "message" && typeof ts === "string" && typeof text === "string",
    ),
};
