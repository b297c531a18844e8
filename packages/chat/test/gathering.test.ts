import { diskStore } from "@dpo-kit/preference/node";
import { temporaryFolder } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signalNames } from "../src/index.ts";
import { listChatFixtures } from "./chat-fixtures.ts";
import { optionsOf, toldBy } from "./told-by.ts";

const fixtures = listChatFixtures(new URL("../fixtures/", import.meta.url));
const gathering = fixtures.filter(({ name }) => /^(?:langfuse|langsmith|phoenix|opentelemetry)/u.test(name));

describe("what is gathered", () => {
  it.each(fixtures)("of $name is the same from a store on disk", async (fixture) => {
    const directory = await temporaryFolder();
    const options = { ...optionsOf(fixture), signals: signalNames };
    const onDisk = await toldBy(fixture.files, {
      ...options,
      store: () => diskStore({ directory, runBytes: 500 }),
    });
    expect(onDisk).toEqual(await toldBy(fixture.files, options));
  });

  it.each(gathering)("of $name makes no pairs where it is too much to be held", async (fixture) => {
    const { outcomes, end } = await toldBy(fixture.files, { ...optionsOf(fixture), gatherBytes: 300 });
    expect(end).toMatch(/^GATHER_LIMIT: /u);
    expect(outcomes.filter((outcome) => outcome.includes('"kind":"pairs"'))).toEqual([]);
  });

  it("is whole or not there, whatever can be held", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fixtures), fc.nat(60_000), async (fixture, gatherBytes) => {
        const options = { ...optionsOf(fixture), signals: signalNames };
        const whole = await toldBy(fixture.files, options);
        const held = await toldBy(fixture.files, { ...options, gatherBytes });
        expect(held.outcomes).toEqual(whole.outcomes.slice(0, held.outcomes.length));
        expect(held.end === whole.end || held.end.startsWith("GATHER_LIMIT: ")).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
