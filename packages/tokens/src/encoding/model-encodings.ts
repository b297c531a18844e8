import type { EncodingName } from "./encoding-name.ts";

/** Which encoding models with a name of this beginning use. */
export interface ModelEncoding {
  /** The whole name of a model, or its beginning up to a `-`, a `.` or a `:`. */
  readonly prefix: string;
  readonly encoding: EncodingName;
}

/** Where {@link modelEncodings} was read, and when. */
export const modelEncodingsSource = {
  url: "https://github.com/openai/tiktoken/blob/main/tiktoken/model.py",
  asOf: "2026-10-04",
} as const;

/** Longer beginnings stand before shorter ones they start with: the first that fits decides. */
export const modelEncodings: readonly ModelEncoding[] = [
  { prefix: "gpt-oss", encoding: "o200k_harmony" },
  { prefix: "gpt-5", encoding: "o200k_base" },
  { prefix: "gpt-4.5", encoding: "o200k_base" },
  { prefix: "gpt-4.1", encoding: "o200k_base" },
  { prefix: "gpt-4o", encoding: "o200k_base" },
  { prefix: "chatgpt-4o", encoding: "o200k_base" },
  { prefix: "o1", encoding: "o200k_base" },
  { prefix: "o3", encoding: "o200k_base" },
  { prefix: "o4-mini", encoding: "o200k_base" },
  { prefix: "gpt-4", encoding: "cl100k_base" },
  { prefix: "gpt-3.5", encoding: "cl100k_base" },
  { prefix: "gpt-35-turbo", encoding: "cl100k_base" },
  { prefix: "davinci-002", encoding: "cl100k_base" },
  { prefix: "babbage-002", encoding: "cl100k_base" },
  { prefix: "text-embedding-ada-002", encoding: "cl100k_base" },
  { prefix: "text-embedding-3", encoding: "cl100k_base" },
  { prefix: "text-davinci-003", encoding: "p50k_base" },
  { prefix: "text-davinci-002", encoding: "p50k_base" },
  { prefix: "text-davinci-edit-001", encoding: "p50k_edit" },
  { prefix: "text-davinci-001", encoding: "r50k_base" },
  { prefix: "text-curie-001", encoding: "r50k_base" },
  { prefix: "text-babbage-001", encoding: "r50k_base" },
  { prefix: "text-ada-001", encoding: "r50k_base" },
  { prefix: "gpt2", encoding: "gpt2" },
];

/**
 * The encoding of a model, by its name as a job or a deployment has it: `gpt-4.1-mini-2025-04-14`,
 * `ft:gpt-4o-mini:acme::abc`, `gpt-4.1-mini.ft-0123` (Azure). Undefined for models that are not OpenAI's: their
 * tokenizers are others, and no count of these encodings would be theirs.
 */
export function encodingOfModel(model: string): EncodingName | undefined {
  const name = model.startsWith("ft:") ? model.slice(3) : model;
  return modelEncodings.find(({ prefix }) => isModelOf(name, prefix))?.encoding;
}

function isModelOf(name: string, prefix: string): boolean {
  return name.startsWith(prefix) && (name.length === prefix.length || "-.:".includes(name[prefix.length]!));
}
