import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import type { Judgement } from "../model/judgement.ts";

/** What one annotator said of the answers to one message. */
export interface EvaluationTask {
  readonly parent: string | undefined;
  /** The answers it names. */
  readonly named: readonly string[];
  readonly verdict:
    | { readonly kind: "ranking"; readonly judgement: Judgement }
    /** It beats all other answers to the message. */
    | { readonly kind: "selection"; readonly winner: string };
}

/**
 * Reads a task of evaluation: a ranking, where order 1 is the best, or the selection of one message. Undefined for
 * all else; of several messages that are selected nobody says what for.
 */
export function readTask(value: JsonValue | undefined): EvaluationTask | undefined {
  const { format, data } = isObject(value) ? value : {};
  if (!isObject(data)) {
    return undefined;
  }
  const parent = firstText(data.parentMessageId);
  if (format === "message-ranking") {
    const items = objectsIn(data.rankedMessages).flatMap(readRanked);
    const named = items.map(({ turn }) => turn);
    return { parent, named, verdict: { kind: "ranking", judgement: { kind: "rank", items } } };
  }
  const winner = format === "message-single-selection" ? firstText(data.messageId) : undefined;
  return winner === undefined
    ? undefined
    : { parent, named: [winner], verdict: { kind: "selection", winner } };
}

function readRanked({ messageId, order }: JsonObject): { turn: string; rank: number }[] {
  return typeof messageId === "string" && typeof order === "number" ? [{ turn: messageId, rank: order }] : [];
}
