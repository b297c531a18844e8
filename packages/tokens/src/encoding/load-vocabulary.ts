import type { EncodingName } from "./encoding-name.ts";

/** What an encoding is made of. */
export interface Vocabulary {
  /** At the place of each rank its token: a text, or bytes that are no whole characters. Has holes. */
  readonly tokens: readonly (string | readonly number[])[];
  /** Cuts a text into pieces; no token reaches over two of them. Global. */
  readonly pattern: RegExp;
}

/**
 * Loads the vocabulary of an encoding from gpt-tokenizer: up to 2.4 MB of source, so it is done when it is asked
 * for and not before.
 */
export async function loadVocabulary(encoding: EncodingName): Promise<Vocabulary> {
  const [tokens, patterns] = await Promise.all([
    loadTokens(encoding),
    import("gpt-tokenizer/encodingParams/constants"),
  ]);
  return { tokens: tokens.default, pattern: patterns[patternOf[encoding]] };
}

const patternOf = {
  o200k_base: "O200K_TOKEN_SPLIT_REGEX",
  o200k_harmony: "O200K_TOKEN_SPLIT_REGEX",
  cl100k_base: "CL100K_TOKEN_SPLIT_REGEX",
  p50k_base: "R50K_TOKEN_SPLIT_REGEX",
  p50k_edit: "R50K_TOKEN_SPLIT_REGEX",
  r50k_base: "R50K_TOKEN_SPLIT_REGEX",
  gpt2: "R50K_TOKEN_SPLIT_REGEX",
} as const;

/** Encodings that differ in their special tokens only share their tokens. */
function loadTokens(encoding: EncodingName): Promise<{ default: Vocabulary["tokens"] }> {
  switch (encoding) {
    case "o200k_base":
    case "o200k_harmony":
      return import("gpt-tokenizer/bpeRanks/o200k_base");
    case "cl100k_base":
      return import("gpt-tokenizer/bpeRanks/cl100k_base");
    case "p50k_base":
    case "p50k_edit":
      return import("gpt-tokenizer/bpeRanks/p50k_base");
    default:
      return import("gpt-tokenizer/bpeRanks/r50k_base");
  }
}
