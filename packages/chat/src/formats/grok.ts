import type { BareFormat } from "../chat-format.ts";
import { isObject } from "../input/file-sample.ts";
import { objectsIn } from "../input/json-members.ts";

/** Grok's data export. */
export const grok: BareFormat = {
  id: "grok",
  title: "a Grok export",
  reason:
    "its conversations are lists of messages, without ratings and without the answers that were made again.",
  advice:
    "Rate answers where both versions are kept, such as Open WebUI or ChatGPT, and convert that export.",
  detect: ({ values }) =>
    values.some(({ conversations }) =>
      objectsIn(conversations).some(
        ({ conversation, responses }) => isObject(conversation) && Array.isArray(responses),
      ),
    ),
};
