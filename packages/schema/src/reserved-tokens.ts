/**
 * Tokens that tokenizers of chat models keep for themselves. Those of OpenAI's encodings are listed in
 * https://github.com/openai/tiktoken/blob/main/tiktoken_ext/openai_public.py; the marks of its chat templates
 * were documented as ChatML. A fine-tuning job failed on `<|fim_suffix|>`:
 * https://github.com/johny-b/llmcomp/issues/59.
 */
const reservedTokens: readonly string[] = [
  "<|endoftext|>",
  "<|endofprompt|>",
  "<|fim_prefix|>",
  "<|fim_middle|>",
  "<|fim_suffix|>",
  "<|im_start|>",
  "<|im_end|>",
  "<|im_sep|>",
];

/** The first reserved token of a text; undefined if it has none. */
export function findReservedToken(text: string): string | undefined {
  for (let at = text.indexOf("<|"); at !== -1; at = text.indexOf("<|", at + 2)) {
    const token = reservedTokens.find((candidate) => text.startsWith(candidate, at));
    if (token !== undefined) {
      return token;
    }
  }
  return undefined;
}
