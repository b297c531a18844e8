import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChatFile, chatFormats, signalNames } from "../src/index.ts";
import { fileOf } from "./chat-fixtures.ts";
import { convertAccounted } from "./convert-accounted.ts";
import { fromSchema, type Schema, type SchemaHints } from "./from-schema.ts";
import { realData } from "./real-data.ts";

const polylogue = "chat/Sinity+polylogue/polylogue/schemas/providers";
const genAi = "chat/Arize-ai+openinference/python/openinference-instrumentation/tests/fixtures/genai_schemas";

const ids = ["a", "b", "c", "d", "__proto__"];
const roles = ["user", "user", "user", ...Array<string>(6).fill("assistant"), "tool", "system"];

/** Ids that occur elsewhere, and the words that formats look for: without them hardly a value would be a tree. */
const hints: SchemaHints = {
  keys: ids,
  always: [
    "mapping",
    "message",
    "author",
    "content",
    "id",
    "role",
    "parent",
    "chat_messages",
    "sender",
    "text",
  ].concat([
    "uuid",
    "parent_message_uuid",
    "current_node",
    "chunkedPrompt",
    "chunks",
    "parts",
    "content_type",
  ]),
  texts: {
    id: ids,
    uuid: ids,
    parent: ["a", "a", "b"],
    children: ids,
    current_node: ids,
    parent_message_uuid: ["a", "a", "b"],
    current_leaf_message_uuid: ids,
    role: roles,
    sender: ["human", "assistant"],
    status: ["finished_successfully", "finished_successfully", "in_progress"],
    recipient: ["all", "all", "all", "python"],
    content_type: [
      ...Array<string>(12).fill("text"),
      "code",
      "thoughts",
      "multimodal_text",
      "user_editable_context",
      "execution_output",
    ],
    type: ["text", "text", "text", "thinking", "tool_use", "tool_result"],
  },
};

interface SchemaCase {
  readonly name: string;
  readonly path: string;
  /** What a value of the schema is in. */
  readonly wrap?: (value: unknown) => unknown;
  /** What stands beside it. */
  readonly beside?: ChatFile;
  /** What must come of some of the values, lest the test try nothing. */
  readonly reaches: readonly ("conversations" | "branchPoints" | "pairs")[];
}

const spanOf = (side: string) => (value: unknown) => ({
  spanId: "a",
  traceId: "b",
  attributes: {
    "gen_ai.operation.name": "chat",
    "gen_ai.input.messages": [{ role: "user", parts: [{ type: "text", content: "Hi" }] }],
    "gen_ai.output.messages": [{ role: "assistant", parts: [{ type: "text", content: "Hello" }] }],
    [`gen_ai.${side}.messages`]: value,
  },
});

function documentOf(provider: string): string {
  return `${polylogue}/${provider}/versions/v2/elements/session_document.schema.json.gz`;
}

const thumbs = fileOf(
  ids.map((id, index) => ({
    id,
    conversation_id: "",
    rating: index % 2 === 0 ? "thumbs_up" : "thumbs_down",
  })),
  "message_feedback.json",
);

const cases: readonly SchemaCase[] = [
  {
    name: "ChatGPT",
    path: documentOf("chatgpt"),
    beside: thumbs,
    reaches: ["conversations", "branchPoints", "pairs"],
  },
  { name: "Claude.ai", path: documentOf("claude-ai"), reaches: ["conversations", "branchPoints"] },
  { name: "Gemini", path: documentOf("gemini"), reaches: [] },
  ...["input", "output"].map((side) => ({
    name: `OpenTelemetry ${side}`,
    path: `${genAi}/gen-ai-${side}-messages.json`,
    wrap: spanOf(side),
    reaches: ["conversations"] as const,
  })),
];

function readSchema(path: string): Schema {
  const bytes = readFileSync(join(realData!, path));
  return JSON.parse((path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8")) as Schema;
}

/** The same values as an array, on lines, or the first one by itself. */
const layouts: readonly ((values: readonly unknown[]) => ChatFile)[] = [
  (values) => fileOf(values),
  (values) => fileOf(values.map((value) => JSON.stringify(value)).join("\n"), "input.jsonl"),
  ([first]) => fileOf(first),
];

const formats = chatFormats.map(({ id }) => id);

describe.runIf(realData !== undefined)("whatever a schema allows", () => {
  it.each(cases)("$name, as its own format, is accounted for", async ({ reaches, beside, ...schema }) => {
    const found = { conversations: 0, branchPoints: 0, pairs: 0 };
    await forAll(schema, async (file) => {
      const files = beside === undefined ? [file] : [file, beside];
      const { conversations, branchPoints, pairs } = await convertAccounted(files, { signals: signalNames });
      found.conversations += conversations;
      found.branchPoints += branchPoints;
      found.pairs += pairs.size;
    });
    expect(reaches.filter((name) => found[name] === 0)).toEqual([]);
  });

  it.each(cases)("$name, taken for another format, is accounted for", async (schema) => {
    await forAll(schema, async (file, from) => {
      await convertAccounted([file], { from, signals: signalNames });
    });
  });
});

async function forAll(
  { path, wrap = (value) => value }: Pick<SchemaCase, "path" | "wrap">,
  check: (file: ChatFile, format: string) => Promise<void>,
): Promise<void> {
  const values = fc.array(fromSchema(readSchema(path), hints).map(wrap), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(
      values,
      fc.constantFrom(...layouts),
      fc.constantFrom(...formats),
      (made, layout, format) => check(layout(made), format),
    ),
    { seed: 20_261_123, numRuns: 120 },
  );
}

if (realData === undefined) {
  it.skip("whatever a schema allows: is not at hand: set DPO_REAL_DATA to the folder that holds chat/", () => {});
}
