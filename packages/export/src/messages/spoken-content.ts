import type { AssistantMessage, DpoExample, JsonObject, Message } from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";
import { plainContent } from "./message-content.ts";
import { refuseEqual } from "./pair-parts.ts";

/** An example in which every message has a text: null becomes an empty one, and refusals are text. */
export function withSpokenContent(example: DpoExample, notes: ExportNotes): DpoExample {
  const { input, preferred_output: preferred, non_preferred_output: nonPreferred } = example;
  if (![...input.messages, ...preferred, ...nonPreferred].some(isSilent)) {
    return example;
  }
  const fill = <Kind extends Message>(message: Kind): Kind =>
    isSilent(message) ? spoken(message, notes) : message;
  const [better, worse] = [preferred.map(fill), nonPreferred.map(fill)];
  refuseEqual(better[0] as unknown as JsonObject, worse[0] as unknown as JsonObject, notes);
  return {
    input: { ...input, messages: input.messages.map(fill) },
    preferred_output: better,
    non_preferred_output: worse,
  };
}

/** Whether a message has no content, or a refusal for it. */
function isSilent({ content }: Message): boolean {
  return (
    content === null ||
    content === undefined ||
    (Array.isArray(content) && content.some(({ type }) => type === "refusal"))
  );
}

function spoken<Kind extends Message>(message: Kind, notes: ExportNotes): Kind {
  const { role, content: _, refusal: __, ...rest } = message as AssistantMessage;
  return { role, content: plainContent(message, notes), ...rest } as Kind;
}
