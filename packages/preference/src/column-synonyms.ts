/** What a column can be to a preference: the names of the roles as the library writes them. */
export type ColumnRole = "prompt" | "preferred" | "nonPreferred" | "system" | "messages" | "tools";

/**
 * How well a name tells its role. `explicit`: it means nothing else, such as `chosen`. `generic`: it is used
 * for this, and for other things too, such as `positive` or `accepted`.
 */
export type SynonymStrength = "explicit" | "generic";

/** One known column name. */
export interface ColumnSynonym {
  /** As it is usually written; compared with case, spaces and punctuation ignored. */
  name: string;
  strength: SynonymStrength;
  /** Of answers: both sides of one family belong together, such as `chosen` and `rejected`. */
  family?: string;
}

/** The roles, in the order in which they are looked for and documented. */
export const columnRoles: readonly ColumnRole[] = [
  "prompt",
  "preferred",
  "nonPreferred",
  "system",
  "messages",
  "tools",
];

/** What a role is called in `--columns` and in recipes. */
export const columnFlagNames: Readonly<Record<ColumnRole, string>> = {
  prompt: "prompt",
  preferred: "preferred",
  nonPreferred: "non_preferred",
  system: "system",
  messages: "messages",
  tools: "tools",
};

/** What a role is, in one sentence; the first column of the documentation. */
export const columnRoleTitles: Readonly<Record<ColumnRole, string>> = {
  prompt: "what both answers reply to",
  preferred: "the better answer",
  nonPreferred: "the worse answer",
  system: "the system message",
  messages: "earlier messages, before the prompt (JSON)",
  tools: "the functions the assistant may call (JSON)",
};

/**
 * The column names that are recognised, by role: those of the preference datasets on the Hugging Face Hub and
 * of the trainers that read them (TRL, LLaMA-Factory, ms-swift, Axolotl, alignment-handbook).
 *
 * All prompt names are equally strong, on purpose: where two of them stand side by side each may be a part of
 * the prompt, so the user is asked.
 */
export const columnSynonyms: Readonly<Record<ColumnRole, readonly ColumnSynonym[]>> = {
  prompt: explicit([
    ["prompt", "prompt_text", "user_prompt", "full_prompt"],
    ["instruction", "orig_instruction", "input", "user_input", "query", "user_query"],
    ["question", "question_text", "question_full_text", "problem", "request"],
    ["context", "situation", "brief", "user_message"],
  ]),
  preferred: [
    ...family("chosen", [
      "chosen",
      "chosen_response",
      "chosen_answer",
      "chosen_output",
      "chosen_completion",
      "chosen_messages",
      "chosen_conversations",
      "chosen_text",
      "text_chosen",
      "response_chosen",
    ]),
    ...family("preferred", [
      "preferred",
      "preferred_output",
      "preferred_answer",
      "preferred_response",
      "preferred_completion",
      "preferred_text",
    ]),
    ...family("better", ["better", "better_answer", "better_response", "better_output"]),
    ...generic("winner", ["win", "winner_response", "winning_response", "winning_answer"]),
    ...generic("accepted", ["accepted", "accept", "accepted_response", "accepted_answer"]),
    ...generic("positive", [
      "positive",
      "pos_answer",
      "pos_response",
      "positive_response",
      "positive_answer",
    ]),
    ...generic("best", ["best", "best_answer", "best_response", "bon_best"]),
    ...generic("good", ["good", "good_answer", "good_response"]),
    ...generic("paired", ["response_j"]),
  ],
  nonPreferred: [
    ...family("chosen", [
      "rejected",
      "reject",
      "rejected_response",
      "rejected_answer",
      "rejected_output",
      "rejected_completion",
      "rejected_messages",
      "rejected_conversations",
      "rejected_text",
      "text_rejected",
      "response_rejected",
    ]),
    ...family("preferred", [
      "non_preferred",
      "non_preferred_output",
      "non_preferred_answer",
      "non_preferred_response",
      "non_preferred_completion",
      "non_preferred_text",
      "not_preferred",
      "unpreferred",
      "dispreferred",
      "dispreferred_output",
      "dispreferred_answer",
      "dispreferred_response",
      "other_answer",
    ]),
    ...family("better", ["worse", "worse_answer", "worse_response", "worse_output"]),
    ...generic("winner", ["lose", "loser", "loser_response", "losing_response", "losing_answer"]),
    ...generic("accepted", ["declined"]),
    ...generic("positive", [
      "negative",
      "neg_answer",
      "neg_response",
      "negative_response",
      "negative_answer",
    ]),
    ...generic("best", ["worst", "worst_answer", "worst_response"]),
    ...generic("good", ["bad", "bad_answer", "bad_response"]),
    ...generic("paired", ["response_k"]),
  ],
  system: explicit([
    ["system", "system_prompt", "system_message", "system_instruction", "custom_system_prompt"],
  ]),
  messages: explicit([
    ["messages", "prompt_messages", "input_messages", "message_history"],
    ["history", "chat_history", "conversation_history", "dialogue_history"],
    ["conversation", "conversations", "conversation_input", "dialogue", "dialog", "trajectory"],
  ]),
  tools: explicit([["tools", "functions", "available_tools", "tool_definitions", "function_definitions"]]),
};

function explicit(names: readonly (readonly string[])[]): ColumnSynonym[] {
  return names.flat().map((name) => ({ name, strength: "explicit" as const }));
}

function family(of: string, names: readonly string[]): ColumnSynonym[] {
  return names.map((name) => ({ name, strength: "explicit" as const, family: of }));
}

function generic(of: string, names: readonly string[]): ColumnSynonym[] {
  return names.map((name) => ({ name, strength: "generic" as const, family: of }));
}
