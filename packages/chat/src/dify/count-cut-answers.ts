import { isObject } from "../input/file-sample.ts";
import type { ChatDocument } from "../input/read-documents.ts";
import { itemsIn } from "./items-in.ts";

const CUT_LENGTH = 503;

/**
 * Counts the answers in an export of feedback, and those that Dify cut: to 500 characters and `...`.
 * https://github.com/langgenius/dify/blob/main/api/services/feedback_service.py
 */
export async function countCutAnswers(
  documents: AsyncIterable<ChatDocument>,
): Promise<{ answers: number; cut: number }> {
  const counted = { answers: 0, cut: 0 };
  for await (const { value } of documents) {
    for (const item of isObject(value) ? itemsIn(value).filter(isObject) : []) {
      const { ai_response: answer } = item;
      counted.answers += 1;
      counted.cut += typeof answer === "string" && isCut(answer) ? 1 : 0;
    }
  }
  return counted;
}

/** Python counts code points. */
function isCut(answer: string): boolean {
  return answer.endsWith("...") && [...answer].length === CUT_LENGTH;
}
