/**
 * Column names that are recognised, as help shows them: the usual ones, not all. A test converts a table with
 * each of them.
 */
export const knownColumns: {
  readonly prompt: readonly string[];
  readonly answers: readonly (readonly [preferred: string, nonPreferred: string])[];
  readonly system: readonly string[];
  readonly messages: readonly string[];
  readonly tools: readonly string[];
} = {
  prompt: [
    "prompt",
    "instruction",
    "question",
    "query",
    "input",
    "problem",
    "request",
    "context",
    "user message",
  ],
  answers: [
    ["chosen", "rejected"],
    ["preferred", "non-preferred"],
    ["preferred output", "non-preferred output"],
    ["chosen response", "rejected response"],
    ["better answer", "worse answer"],
    ["best", "worst"],
    ["good response", "bad response"],
    ["positive", "negative"],
    ["win", "lose"],
    ["response_j", "response_k"],
  ],
  system: ["system", "system prompt", "system message", "system instruction"],
  messages: ["messages", "history", "chat history", "conversation", "conversations", "dialogue"],
  tools: ["tools", "functions", "available tools"],
};
