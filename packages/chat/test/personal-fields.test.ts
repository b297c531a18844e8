import { describe, expect, it } from "vitest";
import { signalNames } from "../src/index.ts";
import { listChatFixtures } from "./chat-fixtures.ts";
import { convertFiles } from "./real-data.ts";

/** Who rated, wrote and commented in the fixtures: ids, names and comments that are no part of what was said. */
const personal = /someone|64d4f005|203\.0\.113|by Ann|for Bob|"Ann"|"ann"|"bob"/u;

const named: ReadonlySet<string> = new Set([
  "agnai",
  "anythingllm",
  "argilla",
  "braintrust",
  "character-ai",
  "claude",
  "dify.feedback-joined",
  "fastchat",
  "gpt4all",
  "helicone",
  "huggingchat",
  "label-studio",
  "labelbox",
  "label-studio.minimal",
  "langfuse",
  "langfuse.scores",
  "langsmith",
  "langsmith.feedback-beside",
  "librechat",
  "open-assistant",
  "open-webui",
  "open-webui.feedback",
  "portkey",
  "prodigy",
  "opentelemetry",
  "phoenix",
  "sillytavern",
]);
const fixtures = listChatFixtures(new URL("../fixtures/", import.meta.url));

describe("who somebody is", () => {
  it.each(fixtures.filter(({ name }) => named.has(name)))("is in no pair of $name", async ({ files }) => {
    const { outcomes, pairs } = await convertFiles(files, { signals: signalNames });
    expect(pairs.length).toBeGreaterThan(0);
    expect(JSON.stringify(outcomes)).not.toMatch(personal);
  });
});
