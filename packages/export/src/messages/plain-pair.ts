import type { DpoExample, JsonObject } from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";
import { pairParts, refuseEqual } from "./pair-parts.ts";
import { type CallForm, plainMessage, plainMessages } from "./plain-message.ts";

/** A pair as messages that chat templates take. */
export interface PlainPair {
  readonly prompt: JsonObject[];
  readonly chosen: JsonObject;
  readonly rejected: JsonObject;
}

/** The parts of an example as messages that chat templates take; what these do not hold is noted. */
export function plainPair(example: DpoExample, calls: CallForm, notes: ExportNotes): PlainPair {
  const { messages, preferred, nonPreferred } = pairParts(example, notes);
  const chosen = plainMessage(preferred, calls, notes);
  const rejected = plainMessage(nonPreferred, calls, notes);
  refuseEqual(chosen, rejected, notes);
  return { prompt: plainMessages(messages, calls, notes), chosen, rejected };
}
