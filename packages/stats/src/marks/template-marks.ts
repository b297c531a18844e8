import type { MarkFamily } from "./text-mark.ts";

/**
 * What chat templates put around turns, and transcripts before them. The first are in the `chat_template` of the
 * models (https://huggingface.co/docs/transformers/chat_templating), the headings in Alpaca's prompt
 * (https://github.com/tatsu-lab/stanford_alpaca), the last in Anthropic's data
 * (https://github.com/anthropics/hh-rlhf).
 */
const templates: readonly (readonly [id: string, title: string, literals: readonly string[]])[] = [
  ["chatml", "marks of ChatML", ["<|im_start|>", "<|im_end|>"]],
  ["llama-2", "marks of Llama 2 or Mistral", ["[INST]", "[/INST]", "<<SYS>>", "<</SYS>>"]],
  [
    "llama-3",
    "marks of Llama 3",
    ["<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|begin_of_text|>"],
  ],
  ["gemma", "marks of Gemma", ["<start_of_turn>", "<end_of_turn>"]],
  ["zephyr", "marks of Zephyr or Phi", ["<|user|>", "<|assistant|>", "<|system|>"]],
  ["harmony", "marks of gpt-oss", ["<|start|>", "<|message|>", "<|channel|>"]],
  ["deepseek", "marks of DeepSeek", ["<｜User｜>", "<｜Assistant｜>", "<｜end▁of▁sentence｜>"]],
  ["alpaca", "headings of Alpaca's prompt", ["### Instruction:", "### Response:"]],
  ["transcript", "turns of a transcript", ["\n\nHuman:", "\n\nAssistant:"]],
];

export const templateMarks: MarkFamily = {
  hint: /<[|<s/e｜]|\[[/I]|###|\n\n[HA]/u,
  marks: templates.map(([id, title, literals]) => ({
    id,
    code: "AUDIT_TEMPLATE_RESIDUE",
    title,
    find: (text) => literals.find((literal) => text.includes(literal))?.trim(),
  })),
};
