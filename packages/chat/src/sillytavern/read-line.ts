import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import type { ChatPart, MessageNode } from "../model/chat-node.ts";
import type { Position } from "../model/place-alternatives.ts";

/**
 * Reads one line: a message and its swipes. What is shown stands in `mes`; where it is none of the swipes, nothing says
 * which of them it replaced.
 */
export function readLine(line: JsonObject, index: number): Position {
  const shown = firstText(line.mes) ?? "";
  const swipes = line.is_user === true ? [] : textsOf(line.swipes);
  const selected = typeof line.swipe_id === "number" ? line.swipe_id : -1;
  if (swipes[selected] !== shown) {
    return {
      alternatives: [[readMessage(line, { id: `${index}`, text: shown, extra: line.extra })]],
      selected: 0,
    };
  }
  const info = Array.isArray(line.swipe_info) ? line.swipe_info : [];
  const alternatives = swipes.map((text, swipe) => {
    const facts = info[swipe];
    const extra = swipe === selected ? line.extra : isObject(facts) ? facts.extra : undefined;
    return [readMessage(line, { id: `${index}.${swipe}`, text, extra })];
  });
  return { alternatives, selected };
}

/** Some exporters write an object with the `message` in place of a text. */
function textsOf(swipes: JsonValue | undefined): string[] {
  return Array.isArray(swipes)
    ? swipes.map((swipe) => firstText(swipe, isObject(swipe) ? swipe.message : undefined) ?? "")
    : [];
}

function readMessage(
  { is_user: isUser }: JsonObject,
  { id, text, extra: given }: { id: string; text: string; extra: JsonValue | undefined },
): MessageNode {
  const extra = isObject(given) ? given : {};
  const model = firstText(extra.model);
  return {
    id,
    role: isUser === true ? "user" : "assistant",
    content: [...reasoning(extra), ...media(extra), { kind: "text", text }],
    ...(model === undefined ? {} : { model }),
  };
}

function reasoning({ reasoning: text }: JsonObject): ChatPart[] {
  return typeof text === "string" && text !== "" ? [{ kind: "reasoning", text }] : [];
}

function media({ image, video, file, files }: JsonObject): ChatPart[] {
  const shown = [
    ...(typeof image === "string" ? ["image"] : []),
    ...(typeof video === "string" ? ["video"] : []),
    ...[...(isObject(file) ? [file] : []), ...objectsIn(files)].map(() => "file"),
  ];
  return shown.map((what) => ({ kind: "media", what }));
}
