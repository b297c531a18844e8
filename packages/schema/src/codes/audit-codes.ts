import type { CodeDefinition } from "./definition.ts";

/** Codes of counting tokens. */
export type AuditCode = "TOKENS_ENCODING_UNKNOWN" | "TOKENS_RUN_TOO_LONG";

export const auditCodes: Record<AuditCode, CodeDefinition> = {
  TOKENS_ENCODING_UNKNOWN: {
    kind: "usage",
    severity: "error",
    title: "There is no such encoding, or the model's is not known",
    meaning:
      "Tokens can be counted in the encodings of OpenAI's models only. Other models have their own tokenizers, and a count of another's would mislead.",
    fix: "Name an encoding (o200k_base is that of gpt-4o and gpt-4.1), or a model of OpenAI's.",
    example: "the tokens of a model named llama-3.1-8b",
    source: "https://github.com/openai/tiktoken/blob/main/tiktoken/model.py",
  },
  TOKENS_RUN_TOO_LONG: {
    kind: "refusal",
    severity: "error",
    title: "A text has so many letters in a row that its tokens cannot be counted",
    meaning:
      "Some 4 million letters or signs follow each other without a space. The engine's regular expressions give up there, and an estimate would be reported as if it were exact.",
    fix: "Look at the text: it is hardly one to train on. Remove the line, or count without tokens.",
    example: "an answer of five million letters and no space",
    source: "packages/tokens/README.md",
  },
};
