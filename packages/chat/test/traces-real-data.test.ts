import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signalNames } from "../src/index.ts";
import { fileOf } from "./chat-fixtures.ts";
import { fromSchema, type Schema } from "./from-schema.ts";
import { convertFiles, realData, realFiles } from "./real-data.ts";
import { toldBy } from "./told-by.ts";

const langsmith = "chat/langchain-ai+langsmith-sdk";
const genAi = "chat/Arize-ai+openinference/python/openinference-instrumentation/tests/fixtures/genai_schemas";
const polylogue = "chat/Sinity+polylogue/polylogue/schemas/providers";

function readSchema(path: string): Schema {
  const bytes = readFileSync(join(realData!, path));
  return JSON.parse((path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8")) as Schema;
}

/** Whatever comes of it, it is told. */
async function expectTold(value: unknown, from: string): Promise<void> {
  const { outcomes, end } = await toldBy([fileOf(value)], { from, signals: signalNames });
  expect(outcomes.length > 0 || /^[A-Z_]+: /u.test(end)).toBe(true);
}

describe.runIf(realData !== undefined)("real traces", () => {
  it.each([
    "js/src/tests/test_data/langsmith_js_wrap_openai_default.json",
    "python/tests/integration_tests/test_data/langsmith_py_wrap_openai_.json",
    "python/tests/integration_tests/test_data/langsmith_py_wrap_openai_stream.json",
  ])("of LangSmith: %s is one call, which nobody judged", async (path) => {
    const { counts, outcomes } = await convertFiles(realFiles([`${langsmith}/${path}`]), {
      signals: signalNames,
    });
    expect(counts.conversations).toBe(1);
    expect(outcomes).toMatchObject([{ kind: "skipped", reason: "no-candidates" }]);
  });

  it("of any messages that OpenTelemetry allows are read without a throw", async () => {
    const [input, output] = ["input", "output"].map((side) =>
      fromSchema(readSchema(`${genAi}/gen-ai-${side}-messages.json`)),
    );
    await fc.assert(
      fc.asyncProperty(input!, output!, fc.boolean(), async (given, answered, asText) => {
        const written = (value: unknown): unknown => (asText ? JSON.stringify(value) : value);
        const attributes = {
          "gen_ai.operation.name": "chat",
          "gen_ai.input.messages": written(given),
          "gen_ai.output.messages": written(answered),
        };
        await expectTold({ spans: [{ spanId: "a", traceId: "b", attributes }] }, "opentelemetry");
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    { provider: "chatgpt", from: "chatgpt" },
    { provider: "claude-ai", from: "claude" },
  ])("of any conversation that the schema of $provider allows are read without a throw", async (each) => {
    const path = `${polylogue}/${each.provider}/versions/v2/elements/session_document.schema.json.gz`;
    await fc.assert(
      fc.asyncProperty(fromSchema(readSchema(path)), async (conversation) => {
        await expectTold([conversation], each.from);
      }),
      { numRuns: 100 },
    );
  });
});

if (realData === undefined) {
  it.skip("real traces: are not at hand: set DPO_REAL_DATA to the folder that holds chat/", () => {});
}
