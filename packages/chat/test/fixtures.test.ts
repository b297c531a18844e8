import { readdirSync } from "node:fs";
import { addLedgers, count, emptyLedgers, findImbalances } from "@dpo-kit/batch";
import { DataError, type Issue } from "@dpo-kit/schema";
import { expectFixture, type FixtureResult } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { chatFormats, detectChat, emptyChatCounts, encodeChat, sampleChatFile } from "../src/index.ts";
import { type ChatFixture, listChatFixtures } from "./chat-fixtures.ts";
import { optionsOf } from "./told-by.ts";

const fixtures = listChatFixtures(new URL("../fixtures/", import.meta.url));

/** What `issues.jsonl` holds of an issue: enough to see that it is the right one, at the right place. */
function summary({ code, location }: Pick<Issue, "code" | "location">): unknown {
  const { source, line, path } = location;
  return { code, source, line, path };
}

/** Lines, issues, and by name what was skipped, dropped, switched off, alone and joined. Ledgers must balance. */
async function convert(fixture: ChatFixture): Promise<FixtureResult> {
  const lines: Uint8Array[] = [];
  const issues: unknown[] = [];
  const counts = emptyChatCounts();
  const ledgers = emptyLedgers();
  try {
    for await (const batch of encodeChat(fixture.files, { ...optionsOf(fixture), counts })) {
      lines.push(batch.bytes);
      issues.push(...batch.rejects.flatMap((reject) => reject.issues.map(summary)));
      issues.push(...batch.notes.filter(({ code }) => code.startsWith("CHAT_")).map(summary));
      addLedgers(ledgers, batch.ledgers);
    }
  } catch (error) {
    if (!DataError.isInstance(error)) {
      throw error;
    }
    issues.push(summary({ code: error.code, location: error.location ?? { source: "-" } }));
    return { output: "", issues };
  }
  count(ledgers.pairs.written, "fixture", ledgers.pairs.total);
  expect(findImbalances(ledgers), fixture.name).toEqual([]);
  const told = [
    ...[...ledgers.records.skipped].map(([skipped, times]) => ({ skipped, count: times })),
    ...[...ledgers.comparisons.dropped].map(([dropped, times]) => ({ dropped, count: times })),
    ...[...counts.switchedOff].map(([switchedOff, pairs]) => ({ switchedOff, pairs })),
    ...[...counts.joins]
      .filter(([, { entries }]) => entries > 0)
      .map(([join, tally]) => ({ join, ...tally })),
    ...(counts.loneThumbs > 0 ? [{ loneThumbs: counts.loneThumbs }] : []),
    ...(counts.loneScores > 0 ? [{ loneScores: counts.loneScores }] : []),
  ];
  return { output: Buffer.concat(lines), issues: [...issues, ...told] };
}

describe("fixtures", () => {
  test("are there", () => expect(fixtures.length).toBeGreaterThan(0));
  test.each(fixtures)("$name", (fixture) => expectFixture(fixture, () => convert(fixture)));
});

describe("every format", () => {
  // A fixture folder is named after the format it shows: `<format id>` or `<format id>.<what is special>`.
  const formatOf = ({ name }: ChatFixture): string => name.split(".")[0]!;

  test.each(fixtures)("$name is claimed by the format it is named after, and no other", async (fixture) => {
    const samples = await Promise.all(fixture.files.map((file) => sampleChatFile(file)));
    expect(detectChat(samples, optionsOf(fixture)).formats.map(({ id }) => id)).toEqual([formatOf(fixture)]);
  });

  test("has a fixture", () => {
    const shown = new Set(fixtures.map(formatOf));
    expect(chatFormats.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  });

  test("is one file, and each file is a format", async () => {
    const directory = new URL("../src/formats/", import.meta.url);
    const names = readdirSync(directory).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
    const modules = await Promise.all(names.map((name) => import(new URL(name, directory).href)));
    const found = modules.flatMap((module) =>
      Object.values(module).filter((each) => chatFormats.includes(each as never)),
    );
    expect(new Set(found)).toEqual(new Set(chatFormats));
    expect(found.length).toBe(names.length);
  });

  test("has an id of its own", () => {
    expect(new Set(chatFormats.map(({ id }) => id)).size).toBe(chatFormats.length);
  });
});
