import type { Role } from "@dpo-kit/schema";

/** What a message's role can be: a role of the canonical line, or a turn that is nothing but a function call. */
export type MessageRole = Role | "function-call";

/**
 * The names of roles that are understood: OpenAI's, ShareGPT's (`human`, `gpt`, `function_call`,
 * `observation`), Open Assistant's (`prompter`), Cohere's (`USER`, `CHATBOT`), Gemini's (`model`), Llama's
 * (`ipython`) and ms-swift's (`tool_call`, `tool_response`).
 */
export const roleNames: ReadonlyMap<string, MessageRole> = new Map([
  ...named("system", ["system", "developer"]),
  ...named("user", ["user", "human", "prompter"]),
  ...named("assistant", ["assistant", "gpt", "bot", "model", "chatbot", "ai", "chatgpt"]),
  ...named("tool", ["tool", "observation", "ipython", "tool_response", "tool_result"]),
  ...named("function", ["function"]),
  ...named("function-call", ["function_call", "tool_call"]),
]);

/** The role of a name, in whatever case and with spaces or hyphens for underscores; undefined if unknown. */
export function roleOf(name: string): MessageRole | undefined {
  return (
    roleNames.get(name) ??
    roleNames.get(
      name
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/gu, "_"),
    )
  );
}

function named(role: MessageRole, names: readonly string[]): [string, MessageRole][] {
  return names.map((name) => [name, role]);
}
