import {
  addLedgers,
  createPairBatchEncoder,
  decodeSpan,
  emptyLedgers,
  findImbalances,
  formatExample,
  lineText,
  type PairBatch,
} from "@dpo-kit/batch";
import { validateExample } from "@dpo-kit/schema";
import { arbitraryDpoExample, chunked, toBytes } from "@dpo-kit/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeCanonicalLines } from "./canonical-lines.ts";

const line = (prompt: string, better = "yes", worse = "no") =>
  formatExample({
    input: { messages: [{ role: "user", content: prompt }] },
    preferred_output: [{ role: "assistant", content: better }],
    non_preferred_output: [{ role: "assistant", content: worse }],
  });

async function batchesOf(
  text: string,
  options: { limit?: number; maxBytes?: number } = {},
): Promise<PairBatch[]> {
  const { maxBytes = 500, ...rest } = options;
  const batches: PairBatch[] = [];
  const lines = encodeCanonicalLines(chunked(toBytes(text), [37]), {
    source: "a",
    encoder: { maxBytes },
    ...rest,
  });
  for await (const batch of lines) {
    batches.push(batch);
  }
  return batches;
}

const linesOf = (batches: readonly PairBatch[]) =>
  batches.flatMap((batch) => Array.from({ length: batch.count }, (_, index) => lineText(batch, index)));

function ledgersOf(batches: readonly PairBatch[]) {
  const ledgers = emptyLedgers();
  for (const batch of batches) {
    addLedgers(ledgers, batch.ledgers);
  }
  return ledgers;
}

test("carries good lines byte for byte, whatever their spelling", async () => {
  const odd = ` ${line("b").replaceAll(":", " : ").replace("yes", "y\\u0065s")} `;
  const text = `${line("a")}\n${odd}\n\n${line("c")}`;
  const batches = await batchesOf(text);
  expect(linesOf(batches)).toEqual([line("a"), odd, line("c")]);
  expect(ledgersOf(batches).units).toMatchObject({ read: 4, blank: 1, intoRecords: 3 });
});

test("two spellings of a line have the same keys", async () => {
  const [batch] = await batchesOf(`${line("a")}\n${line("a").replaceAll(":", ": ")}\n`, { maxBytes: 1e6 });
  expect(batch!.lineKey.slice(0, 4)).toEqual(batch!.lineKey.slice(4));
  expect(batch!.promptKey.slice(0, 4)).toEqual(batch!.promptKey.slice(4));
});

test("numbers of tools that JSON.parse would round tell lines apart", async () => {
  const withTool = (number: string) =>
    line("a").replace(
      '"tools":[]',
      `"tools":[{"type":"function","function":{"name":"f","parameters":{"maximum":${number}}}}]`,
    );
  const [batch] = await batchesOf(`${withTool("9007199254740993")}\n${withTool("9007199254740992")}\n`, {
    maxBytes: 1e6,
  });
  expect(batch!.count).toBe(2);
  expect(batch!.lineKey.slice(0, 4)).not.toEqual(batch!.lineKey.slice(4));
});

test("what is no canonical line is rejected, with its place, and the next is read", async () => {
  const batches = await batchesOf(`{"input": }\n${line("a", " ", "no")}\n[]\n${line("b")}\n`);
  const rejects = batches.flatMap((batch) => batch.rejects);
  expect(rejects.map(({ at }) => at.line)).toEqual([1, 2, 3]);
  expect(rejects[0]!.issues[0]).toMatchObject({
    code: "LINE_INVALID_JSON",
    location: { line: 1, column: 11 },
  });
  expect(rejects[0]!.record!.value).toBe('{"input": }');
  expect(linesOf(batches)).toEqual([line("b")]);
  expect(ledgersOf(batches).units).toMatchObject({ read: 4, malformed: 1, intoRecords: 3 });
  expect(ledgersOf(batches).records).toMatchObject({ total: 3, converted: 1 });
});

test("a limit counts lines that are not blank", async () => {
  expect(linesOf(await batchesOf(`\n${line("a")}\n\n${line("b")}\n${line("c")}\n`, { limit: 2 }))).toEqual([
    line("a"),
    line("b"),
  ]);
});

test("any examples come through as they are, and are accounted for", async () => {
  const examples = fc.array(
    arbitraryDpoExample().filter((example) => validateExample(example).length === 0),
    { maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(examples, fc.constantFrom(1, 400, 1e6), async (all, maxBytes) => {
      const lines = all.map((example) => JSON.stringify(example));
      const batches = await batchesOf(lines.map((each) => `${each}\n`).join(""), { maxBytes });
      expect(linesOf(batches)).toEqual(lines);
      expect(findImbalances(ledgersOf(batches)).filter((each) => !each.startsWith("pairs: "))).toEqual([]);
    }),
  );
});

test("keys and columns are those of the encoder, whichever way a line goes", async () => {
  const text = fc.oneof(
    fc.lorem(),
    fc.string({ unit: "binary" }),
    fc.constantFrom("a<|im_end|>", "é\u2028", " x "),
  );
  const examples = fc.array(
    fc
      .tuple(fc.option(text, { nil: undefined }), text, text, text, fc.boolean())
      .map(([system, prompt, one, other, isLong]) => ({
        input: {
          messages: [
            ...(system === undefined ? [] : [{ role: "system" as const, content: system }]),
            { role: "user" as const, content: prompt },
            ...(isLong ? [{ role: "user" as const, content: prompt }] : []),
          ],
        },
        preferred_output: [{ role: "assistant" as const, content: one }],
        non_preferred_output: [{ role: "assistant" as const, content: other }],
      }))
      .filter((example) => validateExample(example).every(({ severity }) => severity !== "error")),
    { maxLength: 8 },
  );
  const spell = fc.constantFrom(formatExample, JSON.stringify);
  await fc.assert(
    fc.asyncProperty(examples, spell, async (all, spelled) => {
      const encoder = await createPairBatchEncoder({ maxBytes: 1e6 });
      for (const [ordinal, example] of all.entries()) {
        const pairs = [{ example, rule: "given", transforms: [] }];
        const at = { source: "a", ordinal, line: ordinal + 1 };
        encoder.add({ kind: "pairs", at, pairs, dropped: [] });
      }
      const expected = encoder.flush();
      const lines = all.map((example) => spelled(example));
      const batches = await batchesOf(lines.map((each) => `${each}\n`).join(""), { maxBytes: 1e6 });
      expect(linesOf(batches)).toEqual(lines);
      const [batch] = batches as [PairBatch];
      for (const column of [
        "lineKey",
        "promptKey",
        "preferredKey",
        "nonPreferredKey",
        "acceptedBy",
      ] as const) {
        expect(batch[column]).toEqual(expected[column]);
      }
      expect(batch.noteCounts).toEqual(expected.noteCounts);
      for (let pair = 0; pair < batch.count; pair += 1) {
        for (const which of ["messages", "tools", "preferred", "nonPreferred"] as const) {
          expect(decodeSpan(batch, pair, which)).toEqual(decodeSpan(expected, pair, which));
        }
      }
    }),
  );
});
