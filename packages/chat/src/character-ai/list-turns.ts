import type { JsonObject } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import type { MessageNode } from "../model/chat-node.ts";
import type { Position } from "../model/place-alternatives.ts";

/** The turns of a chat in the order of their times; the interface gets the newest first. Without times, as they stand. */
export function listTurns(turns: readonly JsonObject[]): Position[] {
  const timed = turns.map((turn) => ({ turn, time: timeOf(turn) }));
  const ordered = timed.every(({ time }) => !Number.isNaN(time))
    ? timed.sort((one, other) => one.time - other.time)
    : timed;
  return ordered.map(({ turn }, index) => readTurn(turn, index));
}

function timeOf({ create_time: time }: JsonObject): number {
  return typeof time === "string" ? Date.parse(time) : Number.NaN;
}

function readTurn(
  { author, candidates, primary_candidate_id: primary }: JsonObject,
  index: number,
): Position {
  const isHuman = isObject(author) && author.is_human === true;
  const given = objectsIn(candidates);
  return {
    alternatives: given.map((candidate, number) => [
      readCandidate(candidate, { id: `${index}.${number}`, role: isHuman ? "user" : "assistant" }),
    ]),
    selected: given.findIndex(({ candidate_id: id }) => firstText(id) !== undefined && id === primary),
  };
}

/** `editor` names who rewrote a candidate. */
function readCandidate(
  { raw_content: text, is_final: isFinal, editor, tti_image_rel_path: image }: JsonObject,
  { id, role }: Pick<MessageNode, "id" | "role">,
): MessageNode {
  const isEdited = isObject(editor) && typeof editor.author_id === "string" && editor.author_id !== "";
  const hasImage = typeof image === "string" && image !== "";
  return {
    id,
    role,
    content: [
      ...(hasImage ? [{ kind: "media", what: "image" } as const] : []),
      { kind: "text", text: firstText(text) ?? "" },
    ],
    status: isFinal === false ? "partial" : isFinal === true ? "done" : "unknown",
    edited: isEdited,
  };
}
