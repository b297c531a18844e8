import type { Candidate } from "@dpo-kit/preference";
import type { JsonObject, JsonValue, Message } from "@dpo-kit/schema";
import { isObject } from "../candidates/member.ts";
import { hasColumns } from "../named-answers.ts";
import { withSystem } from "../read-context.ts";
import { member, type RowReader } from "../row-reader.ts";
import { areMost } from "../row-sample.ts";
import type { PairwiseShape, RowContext, RowReading } from "../shape.ts";

/**
 * Preference lines for Google's Gemini models: `contents`, and `completions` with a score of 1 or 0
 * (https://docs.cloud.google.com/vertex-ai/generative-ai/docs/models/preference-tuning-prepare).
 */
export const vertex: PairwiseShape = {
  id: "vertex",
  title: "Preference lines for Google's Gemini models",
  family: "L",
  standsAlone: true,
  detect(sample) {
    return areMost(sample, isLine)
      ? {
          confidence: 0.98,
          why: "contents and completions are the keys of a preference line for Gemini",
          mapping: [
            { role: "prompt", column: "contents" },
            { role: "candidates", column: "completions" },
          ],
        }
      : undefined;
  },
  compare(row, context) {
    return isLine(row) ? readLine(row, context) : { unfit: true };
  },
};

function isLine(row: JsonObject): boolean {
  return (
    hasColumns(row, "contents", "completions") &&
    Array.isArray(row.contents) &&
    Array.isArray(row.completions)
  );
}

function readLine(row: JsonObject, context: RowContext): RowReading {
  const { reader } = context;
  const instruction = member(row, "system_instruction") ?? member(row, "systemInstruction");
  const system = isObject(instruction) ? turnsOf([{ role: "system", ...instruction }], reader) : [];
  const contents = turnsOf(row.contents as JsonValue[], reader);
  const messages = reader.messages([...system, ...contents], "contents", "context");
  const candidates = (row.completions as JsonValue[]).map((completion, index) =>
    candidateOf(completion, `completions[${index}]`, reader),
  );
  return {
    comparisons: [{ context: withSystem(messages, row, context), candidates, verdict: { kind: "scores" } }],
    paths: { prompt: "contents", candidate: (index) => `completions[${index}]` },
  };
}

function candidateOf(value: JsonValue, path: string, reader: RowReader): Candidate {
  const { score, completion } = isObject(value) ? value : {};
  const said: Message[] = isObject(completion)
    ? reader.messages(turnsOf([{ role: "model", ...completion }], reader), `${path}.completion`)
    : [];
  return { completion: said, score: typeof score === "number" ? score : null };
}

/** Gemini's turns with `parts` as turns with `content`; one part of text is a text. */
function turnsOf(turns: readonly JsonValue[], reader: RowReader): JsonValue[] {
  return turns.map((turn) => {
    if (!isObject(turn) || !Array.isArray(turn.parts)) {
      return turn;
    }
    const { parts, ...rest } = turn;
    const [only] = parts as JsonValue[];
    const isText = (parts as JsonValue[]).length === 1 && isObject(only) && typeof only.text === "string";
    reader.changed("content-parts-renamed", isText ? 1 : 0);
    return { ...rest, content: isText ? only.text! : parts! };
  });
}
