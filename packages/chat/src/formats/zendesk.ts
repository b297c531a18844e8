import type { JsonObject } from "@dpo-kit/schema";
import type { BareFormat } from "../chat-format.ts";
import { isObject } from "../input/file-sample.ts";
import { objectsIn } from "../input/json-members.ts";

/** Tickets of Zendesk, as its API and its exports give them. */
export const zendesk: BareFormat = {
  id: "zendesk",
  title: "a Zendesk export",
  reason: "its ratings are of a whole ticket, not of one answer.",
  advice:
    "If a bot answers there, score or correct its answers in its trace store, such as Langfuse or LangSmith, and convert that export.",
  detect: ({ values }) =>
    values.some((value) =>
      [value, value.ticket, ...objectsIn(value.tickets)].some((each) => isObject(each) && isTicket(each)),
    ),
};

function isTicket({ requester_id, submitter_id, satisfaction_rating, via }: JsonObject): boolean {
  const isOfPeople = requester_id !== undefined && submitter_id !== undefined;
  return isOfPeople && (satisfaction_rating !== undefined || isObject(via));
}
