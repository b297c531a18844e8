import type { CodeDefinition } from "./definition.ts";

/** Codes of counting tokens and of auditing a dataset as a whole. */
export type AuditCode =
  | "TOKENS_ENCODING_UNKNOWN"
  | "TOKENS_RUN_TOO_LONG"
  | "TOKENS_OVER_LIMIT"
  | "AUDIT_LENGTH_BIAS"
  | "AUDIT_FORMAT_BIAS"
  | "AUDIT_REFUSAL_BIAS"
  | "AUDIT_FIRST_WORD"
  | "AUDIT_GROUP_BIAS"
  | "AUDIT_LONG_PAIRS"
  | "AUDIT_NEAR_IDENTICAL"
  | "AUDIT_TEMPLATE_RESIDUE"
  | "AUDIT_RESERVED_TOKEN"
  | "AUDIT_MOJIBAKE"
  | "AUDIT_SECRET";

const lengthBias = "https://arxiv.org/abs/2310.03716";
const formatBias = "https://arxiv.org/abs/2409.11704";

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
  TOKENS_OVER_LIMIT: {
    kind: "refusal",
    severity: "error",
    title: "Pairs have more tokens than --max-tokens allows",
    meaning:
      "The input and the longer answer together must fit into the window that is trained with. With --over error nothing is written where a pair does not.",
    fix: "Take such pairs out whole with --over drop, or raise --max-tokens. Answers are never cut.",
    example: "a pair of 9,000 tokens, and --max-tokens 8192 --over error",
    source: "https://huggingface.co/docs/trl/dpo_trainer",
  },
  AUDIT_LENGTH_BIAS: {
    kind: "note",
    severity: "warning",
    title: "Preferred answers differ from the others in length",
    meaning:
      "A model trained on such pairs learns the length before it learns the quality: with longer preferred answers it becomes wordy, with shorter ones curt.",
    fix: "Balance the pairs by length, or train with a loss that is normalised by length.",
    example: "in 80 of 100 pairs the preferred answer is the longer one",
    source: lengthBias,
  },
  AUDIT_FORMAT_BIAS: {
    kind: "note",
    severity: "warning",
    title: "Preferred answers differ from the others in their format",
    meaning:
      "Lists, headings, bold text, links, code or emoji stand mostly on one side. A model learns such marks easily, whether or not they are why the answers were preferred.",
    fix: "Look at pairs that differ in it, and balance them if the format is not what you want to teach.",
    example: "of 100 pairs in which one answer has a list, the one with the list is preferred in 90",
    source: formatBias,
  },
  AUDIT_REFUSAL_BIAS: {
    kind: "note",
    severity: "warning",
    title: "Refusals stand mostly on one side",
    meaning:
      "Where refusals are nearly always preferred, a model learns to refuse too much; where nearly never, to refuse nothing. In data about safety it may be meant.",
    fix: "Check that the pairs hold both: requests to be refused and requests to be answered.",
    example: "of 50 pairs with one refusal, the refusal is preferred in 48",
    source: "https://arxiv.org/abs/2308.01263",
  },
  AUDIT_FIRST_WORD: {
    kind: "note",
    severity: "info",
    title: "A first word tells the sides apart",
    meaning:
      "Many answers of one side begin with the same word, and few of the other: a model can learn the word alone.",
    fix: "Look at the answers that begin with it; a prefix that a tool put there should go.",
    example: "45 of 100 preferred answers begin with Certainly, and none of the others",
    source: "https://arxiv.org/abs/2406.05946",
  },
  AUDIT_GROUP_BIAS: {
    kind: "note",
    severity: "info",
    title: "The answers of one model are nearly always preferred, or nearly never",
    meaning:
      "Then the pairs teach one model's style against another's, and what differs between the two in style is learnt with it.",
    fix: "Add pairs in which both answers are of the same model, or take it as a choice of style.",
    example: "of 200 pairs with an answer of model-a, it is preferred in 198",
    source: "https://lmsys.org/blog/2024-08-28-style-control/",
  },
  AUDIT_LONG_PAIRS: {
    kind: "note",
    severity: "info",
    title: "Pairs are longer than trainers take by default",
    meaning:
      "TRL cuts sequences at 1,024 tokens unless told otherwise, LLaMA-Factory at 2,048. What is cut off is not learnt, and the two answers of a pair may be cut at different places.",
    fix: "Set the trainer's length (max_length, cutoff_len) to fit, or take long pairs out whole: --max-tokens N --over drop.",
    example: "a pair with 900 tokens in its input and 600 in its longer answer",
    source: "https://github.com/hiyouga/LlamaFactory/issues/4617",
  },
  AUDIT_NEAR_IDENTICAL: {
    kind: "note",
    severity: "info",
    title: "The two answers of a pair are nearly the same",
    meaning:
      "Where nearly all words are shared, there is little to learn, and DPO is known to lower the likelihood of both answers.",
    fix: "Keep it if the small difference is the point, such as a corrected number; else remove it.",
    example: "It is 4 o'clock in Oslo now. / It is 5 o'clock in Oslo now.",
    source: "https://arxiv.org/abs/2402.13228",
  },
  AUDIT_TEMPLATE_RESIDUE: {
    kind: "note",
    severity: "warning",
    title: "A text holds marks of a chat template",
    meaning:
      "Marks such as [INST] or <|eot_id|>, or a line that begins with Human:, are left of the format the data came in. A model learns to write them.",
    fix: "Convert from the original with its turns taken apart, or take the marks out.",
    example: "[INST] What is the capital of Norway? [/INST] Oslo",
    source: "https://huggingface.co/docs/transformers/chat_templating",
  },
  AUDIT_RESERVED_TOKEN: {
    kind: "note",
    severity: "warning",
    title: "A text holds a reserved token",
    meaning:
      "Tokens such as <|endoftext|> or <|im_end|> have a meaning of their own to the models of OpenAI. A job was refused for one.",
    fix: "Take it out, or write it another way.",
    example: "The answer is 4.<|im_end|>",
    source: "https://github.com/openai/tiktoken/blob/main/tiktoken_ext/openai_public.py",
  },
  AUDIT_MOJIBAKE: {
    kind: "note",
    severity: "warning",
    title: "A text was decoded with the wrong encoding",
    meaning:
      "Sequences such as Ã© or â€™ are what UTF-8 looks like when it is read as Windows-1252, and U+FFFD stands where bytes could not be read at all.",
    fix: "Read the original again with its right encoding (--encoding).",
    example: "CafÃ© is open, donâ€™t worry",
    source: "https://ftfy.readthedocs.io/en/latest/heuristic.html",
  },
  AUDIT_SECRET: {
    kind: "note",
    severity: "warning",
    title: "A text holds what looks like a key or a password",
    meaning:
      "What a model was trained on can be drawn out of it again. Only the first four characters are shown here.",
    fix: "Revoke the key, then take it out of the data.",
    example: "an answer with a line such as aws_access_key_id = AKIA…",
    source: "https://arxiv.org/abs/2012.07805",
  },
};
