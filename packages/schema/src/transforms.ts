/** Everything that dpo-kit may change on the way, by name. Each use is counted and shown. */
export type TransformName = keyof typeof transforms;

export const transforms: Readonly<{
  "system-from-column": string;
  "system-from-option": string;
  "prompt-from-template": string;
  "prompt-from-last-user-message": string;
  "cell-parsed-as-messages": string;
  "cell-parsed-as-python": string;
  "double-encoded-json": string;
  "encoding-to-utf-8": string;
  "byte-order-mark-removed": string;
  "role-renamed": string;
  "arguments-to-string": string;
  "tool-call-id-invented": string;
  "function-call-to-tool-call": string;
  "tool-call-wrapped": string;
  "tools-wrapped": string;
  "content-parts-renamed": string;
  "scalar-to-text": string;
  "message-fields-removed": string;
  "null-fields-removed": string;
  "repeated-prompt-removed": string;
  "transcript-to-messages": string;
  "template-to-messages": string;
  "end-mark-removed": string;
  "turns-merged": string;
  "turns-to-messages": string;
  "cell-parsed-as-list": string;
  "prompt-joined-with-input": string;
  "empty-system-removed": string;
  "hidden-input-to-system": string;
  "reasoning-removed": string;
  "media-to-marker": string;
  "tool-result-to-system": string;
  "tool-name-changed": string;
  "arguments-wrapped": string;
}> = {
  "system-from-column": "the text of a system column became a system message",
  "system-from-option": "the text given with --system became a system message",
  "prompt-from-template": "the prompt was composed of several columns",
  "prompt-from-last-user-message": "messages that end with the user's turn became the prompt",
  "cell-parsed-as-messages": "a cell that holds a list of messages as JSON was read as messages",
  "cell-parsed-as-python": "a cell that holds a list as Python prints it was read as messages",
  "double-encoded-json": "JSON that was encoded as a JSON text was decoded twice",
  "encoding-to-utf-8": "the text was decoded from another encoding",
  "byte-order-mark-removed": "a byte order mark at the start of the file was taken off",
  "role-renamed": "a role's other name (human, gpt, developer …) became the standard one",
  "arguments-to-string": "the arguments of a tool call became a JSON text",
  "tool-call-id-invented": "a tool call that had no id was given one",
  "function-call-to-tool-call": "a function call turn became a tool call",
  "tool-call-wrapped": 'a bare tool call was wrapped in {"type":"function"}',
  "tools-wrapped": 'a bare function definition was wrapped in {"type":"function"}',
  "content-parts-renamed": "text parts of another spelling became standard text parts",
  "scalar-to-text": "a number, true or false that stood where text belongs became text",
  "message-fields-removed": "fields of a message that no provider takes were left out",
  "null-fields-removed": "fields that hold null, as column stores pad them, were left out",
  "repeated-prompt-removed": "an answer's copy of the prompt was taken off its front",
  "transcript-to-messages": "a transcript in one text became messages",
  "template-to-messages": "a prompt written out in a chat template became messages",
  "end-mark-removed": "the end mark of a chat template was taken off an answer",
  "turns-merged": "two turns of the same role in a row became one",
  "cell-parsed-as-list": "a cell that holds a list written as a text was read as the list",
  "turns-to-messages": "turns that hold a question and its answer became messages",
  "prompt-joined-with-input": "an instruction and its input became one prompt, joined by a line break",
  "empty-system-removed": "a system message without text was left out",
  "hidden-input-to-system": "instructions or memory that the user does not see became a system message",
  "reasoning-removed": "reasoning before an answer was left out",
  "media-to-marker": "an image, a sound or a file became a marker such as [image]",
  "tool-result-to-system": "what a tool gave without a call became a system message",
  "tool-name-changed": "characters that the name of a function must not have became underscores",
  "arguments-wrapped": 'arguments of a call that are no JSON object became {"input": …}',
};
