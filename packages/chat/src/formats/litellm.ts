import type { BareFormat } from "../chat-format.ts";

/** Logs of the LiteLLM proxy. */
export const litellm: BareFormat = {
  id: "litellm",
  title: "a log of LiteLLM",
  reason: "it holds calls, and no scores of their answers.",
  advice:
    "Have LiteLLM send its logs to Langfuse or LangSmith, score or correct the answers there, and convert that export.",
  detect: ({ values }) =>
    values.some(
      (value) =>
        typeof value.call_type === "string" &&
        "messages" in value &&
        "response" in value &&
        "startTime" in value,
    ),
};
