import type { JsonObject, JsonValue, Message } from "@dpo-kit/schema";
import { isObject } from "../candidates/member.ts";
import { withSystem } from "../read-context.ts";
import { member, type RowReader } from "../row-reader.ts";
import { areMost } from "../row-sample.ts";
import type { PairwiseShape, RowContext, RowReading } from "../shape.ts";

/**
 * Preference lines for Amazon Nova: the last turn holds `candidates` with a `preferenceLabel`
 * (https://docs.aws.amazon.com/nova/latest/userguide/nova-dpo.html).
 */
export const nova: PairwiseShape = {
  id: "nova",
  title: "Preference lines for Amazon Nova",
  family: "L",
  standsAlone: true,
  detect(sample) {
    return areMost(sample, (row) => candidatesOf(row) !== undefined)
      ? {
          confidence: 0.98,
          why: "the last of the messages holds candidates, as in a preference line for Nova",
          mapping: [
            { role: "prompt", column: "messages" },
            { role: "candidates", column: "messages" },
          ],
        }
      : undefined;
  },
  compare(row, context) {
    const candidates = candidatesOf(row);
    return candidates === undefined ? { unfit: true } : readLine(row, candidates, context);
  },
};

function candidatesOf(row: JsonObject): JsonValue[] | undefined {
  const messages = member(row, "messages");
  const last = Array.isArray(messages) ? messages.at(-1) : undefined;
  return isObject(last) && Array.isArray(last.candidates) ? last.candidates : undefined;
}

function readLine(row: JsonObject, list: readonly JsonValue[], context: RowContext): RowReading {
  const { reader } = context;
  const system = member(row, "system");
  const turns = (row.messages as JsonValue[]).slice(0, -1);
  const before = Array.isArray(system) && system.length > 0 ? [{ role: "system", content: system }] : [];
  const messages = reader.messages(
    [...before, ...turns].map((turn) => plainTurn(turn, reader)),
    "messages",
    "context",
  );
  const candidates = list.map((each, index) => ({
    completion: isObject(each) ? answerOf(each, `candidates[${index}]`, reader) : [],
  }));
  const labelled = (label: string): number[] =>
    list.flatMap((each, index) => (isObject(each) && each.preferenceLabel === label ? index : []));
  return {
    comparisons: [
      {
        context: typeof system === "string" ? withSystem(messages, row, context) : messages,
        candidates,
        verdict: {
          kind: "alternatives",
          preferred: labelled("preferred"),
          nonPreferred: labelled("non-preferred"),
        },
      },
    ],
    paths: { prompt: "messages", candidate: (index) => `candidates[${index}]` },
  };
}

function answerOf({ content }: JsonObject, path: string, reader: RowReader): Message[] {
  return reader.messages([plainTurn({ role: "assistant", content: content ?? null }, reader)], path);
}

/** A turn whose content is one part of text, with the text itself. */
function plainTurn(turn: JsonValue, reader: RowReader): JsonValue {
  const parts = isObject(turn) ? turn.content : undefined;
  const only = Array.isArray(parts) && parts.length === 1 ? parts[0] : undefined;
  if (!isObject(turn) || !isObject(only) || typeof only.text !== "string") {
    return turn;
  }
  reader.changed("content-parts-renamed");
  return { ...turn, content: only.text };
}
