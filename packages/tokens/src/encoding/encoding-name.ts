/** The encodings that texts can be counted in: those of OpenAI's models. */
export const encodingNames = [
  "o200k_base",
  "o200k_harmony",
  "cl100k_base",
  "p50k_base",
  "p50k_edit",
  "r50k_base",
  "gpt2",
] as const;

export type EncodingName = (typeof encodingNames)[number];

/** Whether a text names an encoding. */
export function isEncodingName(name: string): name is EncodingName {
  return (encodingNames as readonly string[]).includes(name);
}
