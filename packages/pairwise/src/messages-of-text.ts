import type { Message } from "@dpo-kit/schema";
import { holdsTemplateMarks } from "./rendered/holds-template-marks.ts";
import { parseRenderedText } from "./rendered/parse-rendered-text.ts";
import type { RenderedText } from "./rendered/rendered-text.ts";
import type { RowReader } from "./row-reader.ts";

/**
 * The messages of a prompt's text: the turns of a transcript or a rendered template where the whole of it parses
 * and it waits for an answer, else one user message, with a remark where it holds the marks of turns. Answers that are
 * read afterwards lose the template's end mark.
 *
 * @param path what the text is called in remarks.
 */
export function messagesOfText(text: string, reader: RowReader, path: string): Message[] {
  const rendered = parseRenderedText(text);
  const asks = rendered?.open === true || rendered?.turns.at(-1)?.role === "user";
  if (rendered === undefined || !asks || !rendered.turns.some(({ role }) => role === "user")) {
    if (holdsTemplateMarks(text)) {
      reader.remark("PAIRWISE_TEMPLATE_KEPT", path, { found: text });
    }
    return [{ role: "user", content: text }];
  }
  reader.expectEndMarks(rendered.endMarks);
  return messagesOfRendered(rendered, reader);
}

/** The turns of a rendered text as messages, counted as what they were. A system turn without text is none. */
export function messagesOfRendered(rendered: RenderedText, reader: RowReader): Message[] {
  reader.changed(rendered.kind === "transcript" ? "transcript-to-messages" : "template-to-messages");
  reader.changed("turns-merged", rendered.merged);
  reader.changed("prompt-joined-with-input", rendered.joinedInput === true ? 1 : 0);
  return rendered.turns
    .filter(({ role, text }) => role !== "system" || text !== "")
    .map(({ role, text }) => ({ role, content: text }));
}
