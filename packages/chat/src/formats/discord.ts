import type { BareFormat } from "../chat-format.ts";
import { isObject } from "../input/file-sample.ts";

/** Channels of Discord, as DiscordChatExporter writes them to JSON. */
export const discord: BareFormat = {
  id: "discord",
  title: "a Discord export",
  reason: "people talk with each other in it, each question has one answer, and an emoji can mean anything.",
  advice:
    "If a bot answers there, score or correct its answers in its trace store, such as Langfuse or LangSmith, and convert that export.",
  detect: ({ values }) =>
    values.some(
      ({ guild, channel, messages }) => isObject(guild) && isObject(channel) && Array.isArray(messages),
    ),
};
