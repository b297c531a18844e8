import { exportExample, exportTargets, formatRow } from "@dpo-kit/export";
import { convertPairwise, type PairwiseRow } from "@dpo-kit/pairwise";
import type { AssistantMessage, DpoExample, JsonValue, Message } from "@dpo-kit/schema";
import { arbitraryDpoExample, collect } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparableExample, withLosses } from "./expected-losses.ts";

/** One question and two answers in plain text: the most that some targets hold, and seldom among the others. */
const plainExamples = fc.tuple(fc.string({ minLength: 1 }), fc.string({ minLength: 1 })).map(
  ([question, answer]): DpoExample => ({
    input: { messages: [{ role: "user", content: `Q ${question}` }], tools: [], parallel_tool_calls: true },
    preferred_output: [{ role: "assistant", content: `A ${answer}` }],
    non_preferred_output: [{ role: "assistant", content: `B ${answer}` }],
  }),
);

/** Examples with all that a message may have beside its text. */
const fullExamples = fc
  .tuple(arbitraryDpoExample(), fc.infiniteStream(fc.nat(11)))
  .map(([{ input, ...outputs }, choices]): DpoExample => {
    const choose = (): number => choices.next().value as number;
    return {
      input: { ...input, messages: input.messages.map((message) => adorned(message, choose())) },
      preferred_output: outputs.preferred_output.map((answer) => unusual(answer, choose())),
      non_preferred_output: outputs.non_preferred_output,
    };
  });

const examples = fc.oneof({ weight: 3, arbitrary: fullExamples }, { weight: 1, arbitrary: plainExamples });

/** A message as it may stand in the input, with a name, a weight or its content in parts. */
function adorned(message: Message, choice: number): Message {
  const { role, content } = message;
  if (role === "tool" || role === "function") {
    return message;
  }
  switch (choice) {
    case 0:
      return { ...message, name: "Ann" } as Message;
    case 1:
      return role === "assistant" ? { ...message, weight: 0 } : message;
    case 2:
      return typeof content === "string"
        ? { ...message, content: [{ type: "text", text: content }] }
        : message;
    case 3:
      return typeof content === "string"
        ? { ...message, content: [content, "and more"].map((text) => ({ type: "text" as const, text })) }
        : message;
    default:
      return message;
  }
}

/** An answer that may be a refusal. */
function unusual(answer: AssistantMessage, choice: number): AssistantMessage {
  const { content, ...rest } = answer;
  const isText = typeof content === "string" && answer.tool_calls === undefined;
  if (!isText || choice > 2) {
    return answer;
  }
  const refusal = `I refuse. ${content}`;
  return choice === 0
    ? { ...rest, content: [{ type: "refusal", refusal }] }
    : choice === 1
      ? { ...rest, content: null, refusal }
      : answer;
}

function asRows(texts: readonly string[]): PairwiseRow[] {
  return texts.map((text, ordinal) => ({
    value: JSON.parse(text) as JsonValue,
    at: { source: "test", ordinal, line: ordinal + 1 },
    bytes: text.length,
  }));
}

/** What rows that were exported come back as, without a word about what they are. */
async function readBack(rows: readonly string[]): Promise<DpoExample> {
  const outcomes = await collect(convertPairwise(asRows(rows)));
  const [outcome] = outcomes;
  if (outcomes.length !== 1 || outcome?.kind !== "pairs" || outcome.pairs.length !== 1) {
    throw new Error(`no pair: ${JSON.stringify(outcomes)} of ${rows.join("\n")}`);
  }
  return outcome.pairs[0]!.example;
}

const pairTargets = exportTargets.filter(({ id }) => id !== "sft");

describe.each(pairTargets.map((target) => [target.id, target] as const))("%s", (id, target) => {
  test("a pair comes back the same, but for what is told to be lost", async () => {
    let written = 0;
    await fc.assert(
      fc.asyncProperty(examples, async (example) => {
        const exported = exportExample(example, target);
        // Two turns for one answer cannot come back as one: providers take one message on each side.
        if (exported.kind === "left-out" || exported.losses.includes("EXPORT_LOSES_CALL_TURNS")) {
          return;
        }
        written += 1;
        const back = await readBack(exported.rows.map(formatRow));
        expect(comparableExample(back, exported.losses)).toEqual(withLosses(example, exported.losses, id));
      }),
      { numRuns: 250 },
    );
    expect(written).toBeGreaterThan(15);
  });
});

describe("what trainers of one answer read", () => {
  const sft = exportTargets.find(({ id }) => id === "sft")!;

  test("sft holds the input and the preferred answer as they are", () => {
    fc.assert(
      fc.property(examples, (example) => {
        const exported = exportExample(example, sft);
        const [row] =
          exported.kind === "rows" ? exported.rows.map((each) => JSON.parse(formatRow(each))) : [];
        const { messages, tools = [], parallel_tool_calls: parallel = true } = row;
        expect({ messages, tools, parallel_tool_calls: parallel }).toEqual(
          JSON.parse(
            JSON.stringify({
              ...example.input,
              messages: [...example.input.messages, ...example.preferred_output],
            }),
          ),
        );
      }),
    );
  });

  test("sft holds no preference, and is refused as what it is", async () => {
    const row = `{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello."}]}`;
    await expect(collect(convertPairwise(asRows([row])))).rejects.toMatchObject({
      code: "RUN_NO_PREFERENCES",
    });
  });
});
