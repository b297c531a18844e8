import { expect, test } from "vitest";
import { inspectInputs } from "../src/node.ts";
import { workspace } from "./workspace.ts";

test.each([
  ["long", 400_000],
  ["very long", 3_000_000],
])("%s rows are recognised and shown", async (_, length) => {
  const row = (prompt: string): string =>
    `${JSON.stringify({ prompt: prompt.repeat(length), chosen: "yes", rejected: "no" })}\n`;
  const place = await workspace({ "in.jsonl": row("a") + row("b") + row("c") });
  const { plan } = await inspectInputs({ inputs: [place.path("in.jsonl")] });
  const [source] = plan.sources;
  expect(source!.format).toBe("pairwise");
  expect(source!.sample.records).toBeGreaterThan(0);
  expect(source!.preview[0]!.prompt).toBe("a".repeat(length));
});
