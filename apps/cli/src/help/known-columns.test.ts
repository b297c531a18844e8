import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspectInputs } from "@dpo-kit/pipeline/node";
import { temporaryFolder } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { knownColumns } from "./known-columns.ts";

/** What plays which part in a table with these columns. */
async function partsOf(
  columns: readonly string[],
  cells: readonly string[],
): Promise<Record<string, string>> {
  const file = join(await temporaryFolder(), "in.csv");
  await writeFile(file, `${columns.join(";")}\n${cells.join(";")}\n`);
  const { plan } = await inspectInputs({ inputs: [file] });
  return Object.fromEntries(plan.sources[0]!.mapping.map(({ role, from }) => [role, from]));
}

const userMessage = '[{"role":"user","content":"Hi"}]';

test.each(knownColumns.prompt)("%s is a prompt", async (name) => {
  expect(await partsOf([name, "chosen", "rejected"], ["a", "b", "c"])).toMatchObject({ prompt: name });
});

test.each(knownColumns.answers)("%s and %s are answers", async (preferred, nonPreferred) => {
  const parts = await partsOf(["prompt", nonPreferred, preferred], ["a", "b", "c"]);
  expect(parts).toMatchObject({ preferred, non_preferred: nonPreferred });
});

test.each(knownColumns.system)("%s is a system message", async (name) => {
  expect(await partsOf([name, "prompt", "chosen", "rejected"], ["a", "b", "c", "d"])).toMatchObject({
    system: name,
  });
});

test.each(knownColumns.messages)("%s is a conversation", async (name) => {
  const parts = await partsOf(
    [name, "chosen", "rejected"],
    [`"${userMessage.replaceAll('"', '""')}"`, "b", "c"],
  );
  expect(parts).toMatchObject({ messages: name });
});

test.each(knownColumns.tools)("%s are tools", async (name) => {
  expect(await partsOf([name, "prompt", "chosen", "rejected"], ["[]", "a", "b", "c"])).toMatchObject({
    tools: name,
  });
});
