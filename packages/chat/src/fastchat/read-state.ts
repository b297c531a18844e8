import type { JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";
import type { MessageNode } from "../model/chat-node.ts";

/** One side of a battle: what was said to one model, and what it answered. */
export interface ArenaState {
  /** Of the template of the model; most often each model has its own. */
  readonly system: string;
  readonly messages: readonly MessageNode[];
  readonly model: string | undefined;
  /** Whether the model saw examples before the first message, which nobody else did. */
  readonly hasExamples: boolean;
}

/** Reads the state of a model; `side` tells the ids of its messages from the other side's. */
export function readState(value: JsonValue | undefined, side: string): ArenaState | undefined {
  if (!isObject(value) || !Array.isArray(value.messages)) {
    return undefined;
  }
  const offset = typeof value.offset === "number" && value.offset > 0 ? Math.floor(value.offset) : 0;
  const model = firstText(value.model_name);
  const [user] = Array.isArray(value.roles) ? value.roles : [];
  return {
    system: firstText(value.system_message, value.system) ?? "",
    messages: value.messages
      .slice(offset)
      .map((message, index) => readMessage(message, { id: `${side}-${index}`, user, model })),
    model,
    hasExamples: offset > 0,
  };
}

interface MessageFacts {
  readonly id: string;
  /** What the template calls the user. */
  readonly user: JsonValue | undefined;
  readonly model: string | undefined;
}

/** A message is `[role, text]`, with images `[role, [text, images]]`; null is an answer that never came. */
function readMessage(message: JsonValue, { id, user, model }: MessageFacts): MessageNode {
  const [role, said] = Array.isArray(message) ? message : [];
  const content = contentOf(said);
  return role === user
    ? { id, role: "user", content }
    : { id, role: "assistant", content, ...(model === undefined ? {} : { model }) };
}

function contentOf(said: JsonValue | undefined): MessageNode["content"] {
  const [text, images] = Array.isArray(said) ? said : [said];
  const media = Array.isArray(images) ? images.map(() => ({ kind: "media", what: "image" }) as const) : [];
  return media.length === 0
    ? (firstText(text) ?? "")
    : [...media, { kind: "text", text: firstText(text) ?? "" }];
}
