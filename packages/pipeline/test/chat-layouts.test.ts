import { gzipSync } from "node:zlib";
import { writeParquet } from "@dpo-kit/io";
import type { JsonObject } from "@dpo-kit/schema";
import { collect, zipOf } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { inspectInputs, runConversion } from "../src/node.ts";
import { type Workspace, workspace } from "./workspace.ts";

const message = (id: string, role: string, text: string): object => ({
  id,
  author: { role },
  content: { content_type: "text", parts: [text] },
  status: "finished_successfully",
});

/** A question with two answers, the second of which the user went on from. */
function conversation(id: string): object {
  const node = (name: string, parent: string | null, role: string, text: string): [string, object] => [
    `${id}-${name}`,
    {
      id: `${id}-${name}`,
      parent: parent === null ? null : `${id}-${parent}`,
      children: [],
      message: message(`${id}-${name}`, role, text),
    },
  ];
  const mapping = Object.fromEntries([
    node("question", null, "user", "Capital of France?"),
    node("first", "question", "assistant", "Lyon."),
    node("second", "question", "assistant", "Paris."),
    node("next", "second", "user", "And of Italy?"),
  ]);
  return { id, create_time: 1, current_node: `${id}-next`, mapping };
}

const json = (value: unknown): string => JSON.stringify(value);
const line = (value: unknown): string => `${json(value)}\n`;
const one = conversation("a");
const thumb = (id: string, rating: string): object => ({ id, conversation_id: "a", rating, content: "{}" });
const feedback = json([thumb("a-first", "thumbs_down"), thumb("a-second", "thumbs_up")]);

async function pairsOf(place: Workspace, inputs: readonly string[], signals = "default"): Promise<string[]> {
  const output = place.path("out.jsonl");
  await runConversion({ inputs: inputs.map((name) => place.path(name)), output, signals, force: true });
  const lines = (await place.readLines("out.jsonl")) as unknown as Record<string, { content: string }[]>[];
  return lines.map(
    (pair) => `${pair.preferred_output![0]!.content} ${pair.non_preferred_output![0]!.content}`,
  );
}

describe("a conversation is read in whatever its file is", () => {
  test.each<[string, string | Uint8Array]>([
    ["conversations.json", json([one])],
    ["conversation.json", json(one)],
    ["pretty.json", JSON.stringify(one, undefined, 2)],
    ["conversations.jsonl", line(one)],
    ["conversations.json.gz", gzipSync(json([one]))],
    ["conversations.jsonl.gz", gzipSync(line(one))],
    ["export.zip", zipOf({ "chat/conversations.json": json([one]), "chat.html": "<html></html>" })],
    ["without-an-ending", json([one])],
  ])("%s", async (name, content) => {
    const place = await workspace({ [name]: content });
    expect(await pairsOf(place, [name], "all")).toEqual(["Paris. Lyon."]);
  });
});

describe("a table that is no text", () => {
  const text = (name: string) => ({ name, type: "string" }) as const;
  const list = (name: string) => ({ name, type: "json" }) as const;
  const columns = [
    ...["id", "prompt", "response_1", "response_2"].map(text),
    ...["preference.responses", "preference.responses.users", "preference.responses.status"].map(list),
  ];
  const row = (chosen: string): JsonObject => ({
    id: chosen,
    prompt: "Capital of France?",
    response_1: "Lyon.",
    response_2: "Paris.",
    "preference.responses": [chosen],
    "preference.responses.users": ["u"],
    "preference.responses.status": ["submitted"],
  });

  test("is read as a data set that Argilla pushed, where it is laid out as one", async () => {
    const chunks = await collect(writeParquet([row("response_2"), row("response_1")], { columns }));
    const place = await workspace({ "train.parquet": Buffer.concat(chunks) });
    expect(await pairsOf(place, ["train.parquet"])).toEqual(["Paris. Lyon.", "Lyon. Paris."]);
    const { plan } = await inspectInputs({ inputs: [place.path("train.parquet")] });
    expect(plan.sources[0]).toMatchObject({ format: "chat", unit: "record" });
  });
});

describe("files that tell of each other", () => {
  test("are joined in an archive, shards too", async () => {
    const shards = {
      "conversations-000.json": json([conversation("b")]),
      "conversations-001.json": json([one]),
      "message_feedback.json": feedback,
    };
    const place = await workspace({ "export.zip": zipOf(shards) });
    expect(await pairsOf(place, ["export.zip"])).toEqual(["Paris. Lyon."]);
    expect(await pairsOf(place, ["export.zip"], "default,kept")).toHaveLength(2);
  });

  test("are joined across the archives in a folder", async () => {
    const place = await workspace({
      "exports/conversations-000.zip": zipOf({ "conversations.json": json([one]) }),
      "exports/ratings.zip": zipOf({ "message_feedback.json": feedback }),
    });
    expect(await pairsOf(place, ["exports"])).toEqual(["Paris. Lyon."]);
  });

  test("are not read where an archive in their folder is damaged", async () => {
    const archive = zipOf({ "message_feedback.json": feedback });
    const place = await workspace({
      "exports/conversations.json": json([one]),
      "exports/ratings.zip": archive.subarray(0, -10),
    });
    await expect(pairsOf(place, ["exports"])).rejects.toMatchObject({ code: "IO_ZIP_DAMAGED" });
  });

  test("are joined where they are given side by side, among others; the others stay what they are", async () => {
    const rows = line({ prompt: "a", chosen: "b", rejected: "c" });
    const place = await workspace({
      "conversations.json": json([one]),
      "message_feedback.json": feedback,
      "rows.jsonl": rows,
    });
    const files = ["rows.jsonl", "message_feedback.json", "conversations.json"];
    expect(await pairsOf(place, files)).toEqual(["b c", "Paris. Lyon."]);
  });
});

describe("a set that is larger than a preview", () => {
  const score = (trace: string, value: number): object => ({
    id: `score-${trace}`,
    traceId: trace,
    observationId: `call-${trace}`,
    name: "quality",
    source: "ANNOTATION",
    dataType: "NUMERIC",
    value,
  });
  const call = (trace: string, question: string): object => ({
    id: `call-${trace}`,
    traceId: trace,
    type: "GENERATION",
    input: json([{ role: "user", content: question }]),
    output: json({ role: "assistant", content: `The answer of ${trace}.${" And more.".repeat(200)}` }),
  });
  const trace = (index: number): object => {
    const id = `t${index}`;
    const observations = [call(id, `Question ${index >> 1}?`)];
    return { trace: { id, name: "chat", observations, scores: [score(id, index % 2)] } };
  };
  const lines = Array.from({ length: 2_400 }, (_, index) => line(trace(index))).join("");

  test("is planned by its beginning, and converted whole", async () => {
    const place = await workspace({ "traces/all.jsonl": lines, "traces/notes.txt": "About" });
    const { plan } = await inspectInputs({ inputs: [place.path("traces")] });
    const [source] = plan.sources;
    expect(source!.sample).toMatchObject({ complete: false, rejected: 0 });
    expect(source!.preview.length).toBeGreaterThan(0);
    expect(await pairsOf(place, ["traces"])).toHaveLength(1_200);
  });
});
