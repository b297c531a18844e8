import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";

/** Two answers of a task, the better one first. */
export interface ComparedTexts {
  readonly better: string;
  readonly worse: string;
}

/** The text of a part of a task: by itself, or in an object. */
export function textOf(part: JsonValue | undefined): string | undefined {
  return isObject(part) ? firstText(part.text, part.html) : firstText(part);
}

/** Whether a task is of the interface `compare`: two texts side by side, and which is which. */
export function isCompare(task: JsonObject): boolean {
  const sides = [task.A ?? task.accept, task.B ?? task.reject].map(textOf);
  return sides.every((text) => text !== undefined) && (isObject(task.mapping) || isObject(task.accept));
}

/**
 * Reads an accepted comparison. The sides are shuffled: `mapping` says which one is what the annotator accepted.
 * Undefined where it does not say it.
 */
export function readCompare({ accept, reject, A, B, mapping }: JsonObject): ComparedTexts | undefined {
  const given = { better: textOf(accept), worse: textOf(reject) };
  const sides = { better: textOf(A), worse: textOf(B) };
  const accepted = acceptedSide(mapping);
  const [better, worse] =
    given.better !== undefined && given.worse !== undefined
      ? [given.better, given.worse]
      : accepted === "A"
        ? [sides.better, sides.worse]
        : accepted === "B"
          ? [sides.worse, sides.better]
          : [];
  return better === undefined || worse === undefined ? undefined : { better, worse };
}

/** `{"A": "accept", "B": "reject"}`, or `{"accept": "A", "reject": "B"}`. */
function acceptedSide(mapping: JsonValue | undefined): string | undefined {
  if (!isObject(mapping)) {
    return undefined;
  }
  const sides = ["A", "B"].filter((side) => mapping[side] === "accept" || mapping.accept === side);
  return sides.length === 1 ? sides[0] : undefined;
}
