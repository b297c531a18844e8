import type { JsonObject } from "@dpo-kit/schema";
import { firstText, objectsIn } from "../input/json-members.ts";
import { splitTurn, type TurnStep } from "../messages/split-turn.ts";
import type { ChatNodeInput, NodeStatus } from "../model/chat-node.ts";
import { readOutput } from "./read-output.ts";
import { splitDetails } from "./split-details.ts";

/** The place of a message, and whether its siblings were made beside it by other models. */
export interface MessagePlace {
  readonly id: string;
  readonly parent: string | null;
  readonly parallel: boolean;
}

/** Reads a message of a chat. In an arena `selectedModelId` is the model that answered. */
export function readOpenWebuiMessage(message: JsonObject, place: MessagePlace): ChatNodeInput[] {
  const isUsers = message.role === "user";
  const text = firstText(message.content) ?? "";
  const steps = isUsers ? [{ kind: "text", text } as const] : answerSteps(message, text);
  const model = firstText(message.selectedModelId, message.model);
  return splitTurn([...files(message), ...steps], {
    ...place,
    role: isUsers ? "user" : message.role === "system" ? "system" : "assistant",
    status: statusOf(message),
    ...(model === undefined || isUsers ? {} : { model }),
    edited: typeof message.originalContent === "string",
  });
}

/** The text as it was before a person edited it; undefined where nobody did. */
export function originalText({ originalContent }: JsonObject): string | undefined {
  return typeof originalContent === "string" ? plainText(splitDetails(originalContent)) : undefined;
}

function plainText(steps: readonly TurnStep[]): string {
  return steps.map((step) => (step.kind === "text" ? step.text : "")).join("");
}

/** Newer versions keep what was made in `output`; an edit changes `content` alone. */
function answerSteps({ output, originalContent }: JsonObject, text: string): TurnStep[] {
  const made = typeof originalContent === "string" ? [] : readOutput(output);
  return made.length > 0 ? made : splitDetails(text);
}

function files({ files: given }: JsonObject): TurnStep[] {
  return objectsIn(given).map(({ type }) => ({ kind: "media", what: type === "image" ? "image" : "file" }));
}

function statusOf({ done, error }: JsonObject): NodeStatus {
  if (error !== undefined && error !== null && error !== false) {
    return "error";
  }
  return done === false ? "partial" : done === true ? "done" : "unknown";
}
