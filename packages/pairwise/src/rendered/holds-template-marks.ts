/** Marks of turns that hardly anybody writes but a chat template or the writer of a transcript. */
const marks =
  /<\|im_start\|>|<\|start_header_id\|>|<start_of_turn>|<\|(?:user|assistant)\|>|<extra_id_1>|\[INST\]|### (?:Response|Answer|Assistant):|\n\nAssistant:/u;

/** Whether a text holds the marks of turns. Where it does not wholly parse as turns, it stays what it is. */
export function holdsTemplateMarks(text: string): boolean {
  return marks.test(text);
}
