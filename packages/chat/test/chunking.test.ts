import { arbitraryChunking, byteAtATime, chunked, collectBytes } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChatFile } from "../src/index.ts";
import { type ChatFixture, listChatFixtures } from "./chat-fixtures.ts";
import { optionsOf, toldBy } from "./told-by.ts";

type Cut = (bytes: Uint8Array) => AsyncGenerator<Uint8Array, void, undefined>;

/** The files of a fixture, which come in other pieces. */
async function cutFiles({ files }: ChatFixture, cut: Cut): Promise<ChatFile[]> {
  return Promise.all(
    files.map(async ({ name, open }) => {
      const bytes = await collectBytes(open());
      return { name, open: () => cut(bytes) };
    }),
  );
}

describe("however the bytes come, the same is told", () => {
  const fixtures = listChatFixtures(new URL("../fixtures/", import.meta.url));

  it.each(fixtures)("of $name, one byte at a time", async (fixture) => {
    const options = optionsOf(fixture);
    const whole = await toldBy(fixture.files, options);
    expect(await toldBy(await cutFiles(fixture, byteAtATime), options)).toEqual(whole);
  });

  it("of any fixture, in pieces of any sizes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fixtures), arbitraryChunking(), async (fixture, sizes) => {
        const options = optionsOf(fixture);
        const whole = await toldBy(fixture.files, options);
        const cut = await cutFiles(fixture, (bytes) => chunked(bytes, sizes));
        expect(await toldBy(cut, options)).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });
});
