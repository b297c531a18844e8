import type { JsonObject, Message } from "@dpo-kit/schema";
import { compareAnswers } from "../compare-answers.ts";
import { hasColumns } from "../named-answers.ts";
import { withSystem } from "../read-context.ts";
import { member } from "../row-reader.ts";
import { areMost, kindOf } from "../row-sample.ts";
import type { PairwiseShape, RowContext, RowReading, ShapeClaim } from "../shape.ts";

/** The names of both outputs: today's, those of an old specification, and a mix with other libraries' names. */
const outputNames = [
  ["preferred_output", "non_preferred_output"],
  ["preferred_completion", "non_preferred_completion"],
  ["chosen", "rejected"],
] as const;

/**
 * The canonical line, as OpenAI, Azure, Together and Fireworks take it
 * (https://developers.openai.com/api/docs/guides/direct-preference-optimization), also with `input` as a bare list
 * of messages and with the output names of OpenAI's specification before May 2025.
 */
export const canonical: PairwiseShape = {
  id: "canonical",
  title: "Lines for DPO at OpenAI, Azure, Together and Fireworks",
  family: "O",
  standsAlone: true,
  detect(sample) {
    const isMost = areMost(sample, (row) => namesOf(row) !== undefined);
    const names = isMost ? namesOf(sample.rows.find((row) => namesOf(row) !== undefined)) : undefined;
    return names && claimOf(names);
  },
  compare(row, context) {
    const names = namesOf(row);
    return names === undefined ? { unfit: true } : readLine(row, names, context);
  },
};

type OutputNames = (typeof outputNames)[number];

function namesOf(row: JsonObject | undefined): OutputNames | undefined {
  const kind = row === undefined ? "null" : kindOf(member(row, "input"));
  const names = outputNames.find((each) => row !== undefined && hasColumns(row, ...each));
  const isInput = kind === "object" || kind === "messages" || (kind === "list" && names?.[0] !== "chosen");
  const isLine =
    isInput || (names?.[0] === "preferred_output" && row !== undefined && hasColumns(row, "input"));
  const isText = kind === "text" || kind === "null";
  return isLine && !isText ? names : undefined;
}

function claimOf([preferred, nonPreferred]: OutputNames): ShapeClaim {
  return {
    confidence: 1,
    why: `input, ${preferred} and ${nonPreferred} are the keys of a line for DPO`,
    mapping: [
      { role: "prompt", column: "input" },
      { role: "preferred", column: preferred },
      { role: "non_preferred", column: nonPreferred },
    ],
  };
}

function readLine(row: JsonObject, [better, worse]: OutputNames, context: RowContext): RowReading {
  const { reader } = context;
  const input = member(row, "input");
  const isList = Array.isArray(input);
  const parts = isList ? undefined : (input as JsonObject);
  const messages: Message[] = isList
    ? reader.context(row, "input")
    : reader.messages(member(parts!, "messages") ?? [], "input.messages", "context");
  const tools = parts === undefined ? undefined : reader.tools(parts, "tools");
  const parallel = parts === undefined ? undefined : member(parts, "parallel_tool_calls");
  const preferred = reader.answer(row, better);
  const nonPreferred = reader.answer(row, worse);
  const reading = compareAnswers(
    row,
    { context: withSystem(messages, row, context), preferred, nonPreferred, tools },
    context,
  );
  return typeof parallel === "boolean" ? withParallelCalls(reading, parallel) : reading;
}

function withParallelCalls(reading: RowReading, parallelToolCalls: boolean): RowReading {
  return "comparisons" in reading
    ? { ...reading, comparisons: reading.comparisons.map((each) => ({ ...each, parallelToolCalls })) }
    : reading;
}
