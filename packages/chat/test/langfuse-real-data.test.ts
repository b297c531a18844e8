import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type MessageNode, nodeText } from "../src/model/chat-node.ts";
import { readCallInput } from "../src/traces/read-call-input.ts";
import { readCallOutput } from "../src/traces/read-call-output.ts";
import { convertFiles, realData, realFiles } from "./real-data.ts";

/** Traces of agent frameworks from Langfuse's own tests, each beside what Langfuse makes of its observations. */
const folder = "chat/langfuse+langfuse/worker/src/__tests__/chatml/framework-traces";

interface Observation {
  readonly id: string;
  readonly input: never;
  readonly output: never;
}

/** What Langfuse reads of one side of an observation. */
interface Oracle {
  readonly success: boolean;
  readonly data: readonly OracleMessage[];
}

interface OracleMessage {
  readonly role?: string;
  readonly content?: unknown;
  readonly tool_calls?: readonly { name: string; arguments: string }[];
  readonly tool_call_id?: string;
}

type Sides = Partial<Record<"input" | "output", Oracle>>;

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(realData!, folder, name), "utf8"));
}

/** Some JSON as a value, so that two ways of writing it are equal. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function expectedMessage({ role, content, tool_calls = [], tool_call_id }: OracleMessage): unknown {
  const parts = Array.isArray(content) && role !== "tool" ? (content as Record<string, unknown>[]) : [];
  const used = parts.filter(({ type }) => type === "tool_use");
  const text =
    Array.isArray(content) && role !== "tool" ? parts.map((part) => part.text ?? "").join("") : content;
  return {
    role: role === "model" ? "assistant" : role,
    content: typeof text === "string" ? parsed(text) : (text ?? ""),
    calls: [
      ...tool_calls.map((call) => [call.name, parsed(call.arguments)]),
      ...used.map(({ name, input }) => [name, input]),
    ],
    answers: tool_call_id,
  };
}

function readMessage(node: MessageNode): unknown {
  return {
    role: node.role,
    content: parsed(nodeText(node)),
    calls: (node.toolCalls ?? []).map((call) => [call.name, parsed(call.arguments)]),
    answers: node.toolCallId,
  };
}

interface Case {
  readonly name: string;
  readonly side: "input" | "output";
  readonly observation: Observation;
  readonly oracle: Oracle;
}

function listCases(): Case[] {
  return readdirSync(join(realData!, folder))
    .filter((name) => name.endsWith(".chatml.json"))
    .flatMap((name) => {
      const { observations } = readJson(name.replace(".chatml.", ".trace.")) as {
        observations: Observation[];
      };
      return Object.entries(readJson(name) as Record<string, Sides>).flatMap(([id, sides]) =>
        (["input", "output"] as const).flatMap((side) => {
          const oracle = sides[side];
          const observation = observations.find((each) => each.id === id)!;
          return oracle?.success === true ? [{ name: `${name} ${id}`, side, observation, oracle }] : [];
        }),
      );
    });
}

describe.runIf(realData !== undefined)("real traces of Langfuse", () => {
  // What Langfuse could not read it keeps as `json`; what has no role is what a tool gave.
  const cases = (realData === undefined ? [] : listCases()).filter(({ oracle }) =>
    oracle.data.every(({ role }) => role !== undefined),
  );

  it("are eleven, with 40 sides that Langfuse reads as messages", () => expect(cases.length).toBe(40));

  it.each(cases)("$name: its $side is read as Langfuse reads it", ({ observation, side, oracle }) => {
    const read = side === "input" ? readCallInput(observation.input) : readCallOutput(observation.output);
    expect(read?.messages.map(readMessage)).toEqual(oracle.data.map(expectedMessage));
  });

  const traces =
    realData === undefined
      ? []
      : readdirSync(join(realData, folder)).filter((name) => name.endsWith(".trace.json"));

  it.each(traces)("%s: evaluators scored the whole, nobody preferred an answer", async (name) => {
    const { outcomes, pairs } = await convertFiles(realFiles([`${folder}/${name}`]));
    expect(pairs).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(0);
  });

  it("hold one correction, which changes nothing", async () => {
    const files = realFiles([`${folder}/pydantic-ai-2025-06-06.trace.json`]);
    const { counts } = await convertFiles(files);
    expect(Object.fromEntries(counts.judgements)).toEqual({ edit: 1 });
    expect(Object.fromEntries(counts.dropped)).toEqual({ identical: 1 });
  });
});

if (realData === undefined) {
  it.skip("real traces of Langfuse: are not at hand: set DPO_REAL_DATA to the folder that holds chat/", () => {});
}
