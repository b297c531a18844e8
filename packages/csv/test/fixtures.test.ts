import { DataError, type Issue } from "@dpo-kit/schema";
import { type Fixture, type FixtureResult, testFixtures } from "@dpo-kit/testkit";
import { describe } from "vitest";
import { type CsvEncodeOptions, encodeCsv } from "../src/index.ts";

/** What `issues.jsonl` holds of an issue: enough to see that it is the right one, at the right place. */
function summary({ code, location }: Pick<Issue, "code" | "location">): unknown {
  const { line, column, path } = location;
  return { code, line, column, path };
}

type Lane = NonNullable<CsvEncodeOptions["lane"]>;

async function convert(fixture: Fixture, lane: Lane): Promise<FixtureResult> {
  const lines: Uint8Array[] = [];
  const issues: unknown[] = [];
  try {
    const options: CsvEncodeOptions = { ...fixture.options, lane };
    for await (const batch of encodeCsv(fixture.input, options)) {
      lines.push(batch.bytes);
      issues.push(...batch.rejects.flatMap((reject) => reject.issues.map(summary)));
    }
  } catch (error) {
    if (!DataError.isInstance(error)) {
      throw error;
    }
    issues.push(summary({ code: error.code, location: error.location ?? { source: "-" } }));
  }
  return { output: Buffer.concat(lines), issues };
}

describe.each<Lane>(["fast", "reference"])("in the %s lane", (lane) => {
  testFixtures(new URL("../fixtures/", import.meta.url), (fixture) => convert(fixture, lane));
});
