import {
  createPairBatchEncoder,
  emptyLedgers,
  encodeOutcomes,
  type PairBatch,
  type UnitLedger,
} from "@dpo-kit/batch";
import { decodeText } from "@dpo-kit/io";
import type { JsonValue } from "@dpo-kit/schema";
import { arbitraryHostileText } from "@dpo-kit/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { pairwisePipelineFormat } from "./pairwise-pipeline-format.ts";

/** JSON in any spelling: `noise` says how the next character is escaped, and what white space comes next. */
function spell(value: JsonValue | undefined, noise: () => number): string {
  const gap = ["", "", "", "", " ", "\t ", "", "\r"][noise() & 7]!;
  if (typeof value === "string") {
    return `${gap}"${Array.from({ length: value.length }, (_, at) => spellCharacter(value[at]!, noise)).join("")}"`;
  }
  if (Array.isArray(value)) {
    return `${gap}[${value.map((each) => spell(each, noise)).join(`${gap},`)}${gap}]`;
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(
      ([name, each]) => `${spell(name, noise)}${gap}:${spell(each, noise)}`,
    );
    const twice = members.length > 0 && noise() === 0 && noise() < 8 ? [members[0]!] : [];
    return `${gap}{${[...members, ...twice].join(",")}${gap}}`;
  }
  return gap + JSON.stringify(value);
}

/** It stands for itself only beside its other half; alone it would become something else. */
const isHalf = /[\ud800-\udfff]/;

function spellCharacter(character: string, noise: () => number): string {
  const hex = character.charCodeAt(0).toString(16).padStart(4, "0");
  switch (noise()) {
    case 0:
      return `\\u${hex}`;
    case 1:
      return `\\u${hex.toUpperCase()}`;
    case 2:
      return character === "/" ? "\\/" : JSON.stringify(character).slice(1, -1);
    default:
      return isHalf.test(character) ? character : JSON.stringify(character).slice(1, -1);
  }
}

const text = fc.oneof(
  fc.constantFrom(
    "Why?",
    "Because.",
    "same",
    " same\n",
    "",
    "\u3000",
    "[INST] Hi",
    "<|im_end|>",
    "é",
    "e\u0301",
    "中文",
  ),
  arbitraryHostileText(),
);
const value = fc.oneof(
  { weight: 20, arbitrary: text as fc.Arbitrary<JsonValue> },
  { weight: 1, arbitrary: fc.jsonValue() as fc.Arbitrary<JsonValue> },
);
const score = fc.oneof(
  fc.constantFrom<JsonValue>(1, 2.5, 1e300, -0, "4", null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
/** What an entry of a rejects file has beside the record. */
const rejectEntry = { code: "X", severity: "error", message: "", hint: "", location: {}, record: {} };

const extras = fc.oneof(
  { weight: 1, arbitrary: fc.constant(rejectEntry) as fc.Arbitrary<Record<string, JsonValue>> },
  {
    weight: 9,
    arbitrary: fc.dictionary(
      fc.oneof(fc.constantFrom("__proto__", "prompt", "id", "tools", "récord", "record"), fc.string()),
      fc.jsonValue({ depthSize: "small" }) as fc.Arbitrary<JsonValue>,
      { maxKeys: 3 },
    ),
  },
);

const flat = fc.record({
  prompt: value,
  chosen: value,
  rejected: value,
  score_chosen: score,
  score_rejected: score,
  extras,
});
const message = (role: string, content: fc.Arbitrary<JsonValue> = value) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ role: fc.constant(role), content }) },
    { weight: 4, arbitrary: fc.record({ content, role: fc.constant(role) }) },
    { weight: 1, arbitrary: fc.record({ role: text, content, name: text }) },
  );
const conversations = fc
  .record({
    context: fc.oneof(fc.tuple(message("user")), fc.tuple(message("system"), message("user"))),
    other: fc.option(fc.tuple(message("user")), { nil: undefined, freq: 6 }),
    answers: fc.tuple(message("assistant"), message("assistant")),
    prompt: fc.option(value, { nil: undefined }),
    extras,
  })
  .map(({ context, other, answers: [better, worse], prompt, extras: more }) => ({
    prompt: prompt ?? context.at(-1)!.content,
    chosen: [...context, better],
    rejected: [...(other ?? context), worse],
    extras: more,
  }));

const damaged = fc.oneof(fc.nat(255), fc.constantFrom(0x00, 0x1f, 0x22, 0x5c, 0x80, 0xc3, 0xff));

/** Rows as lines: members in any order, some bytes damaged, blank lines between, either line ending. */
const linesOf = (row: typeof flat | typeof conversations) =>
  fc
    .record({
      row: row as fc.Arbitrary<Record<string, JsonValue>>,
      noise: fc.array(fc.nat(15), { minLength: 1, maxLength: 40 }),
      damage: fc.option(fc.tuple(fc.nat(), damaged), { freq: 3 }),
      end: fc.constantFrom("\n", "\n", "\r\n", "\n\n", "\n \n"),
    })
    .map(({ row: { extras: more, ...members }, noise, damage, end }) => {
      let at = 0;
      const next = () => noise[at++ % noise.length]!;
      const all = Object.entries({ ...members, ...(more as object) });
      const turned = [...all.slice(next() % all.length), ...all.slice(0, next() % all.length)];
      const bytes = new TextEncoder().encode(spell(Object.fromEntries(turned), next));
      if (damage !== null) {
        bytes[damage[0] % bytes.length] = damage[1];
      }
      return [...bytes, ...new TextEncoder().encode(end)];
    });

async function sumUp(source: AsyncIterable<PairBatch>): Promise<{ batches: PairBatch[]; units: UnitLedger }> {
  const { units } = emptyLedgers();
  const batches: PairBatch[] = [];
  for await (const batch of source) {
    // How far rows are read ahead decides which batch counts them.
    for (const [name, count] of Object.entries(batch.ledgers.units)) {
      units[name as keyof UnitLedger] += count;
    }
    batches.push({ ...batch, ledgers: { ...batch.ledgers, units: emptyLedgers().units } });
  }
  return { batches, units };
}

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const chunk = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const part = bytes.subarray(at, at + size);
    chunk.set(part);
    // The next one is read into the same memory, as readers of files do.
    yield chunk.subarray(0, part.length);
  }
}

test.each([
  [
    "texts",
    flat,
    '{"prompt":"Why?","chosen":"Because.","rejected":"No.","score_chosen":2,"score_rejected":1}',
  ],
  [
    "conversations",
    conversations,
    '{"prompt":"Why?","chosen":[{"role":"user","content":"Why?"},{"role":"assistant","content":"Because."}],"rejected":[{"role":"user","content":"Why?"},{"role":"assistant","content":"No."}]}',
  ],
])("lines give the same batches from their bytes as from objects: %s", async (_, row, sample) => {
  const plan = await pairwisePipelineFormat.plan(await decodeText(`${sample}\n`), { inputs: [] }, "in");
  const property = fc.asyncProperty(
    fc.array(linesOf(row), { maxLength: 12 }),
    fc.integer({ min: 1, max: 400 }),
    async (lines, size) => {
      const bytes = Uint8Array.from([...new TextEncoder().encode(`${sample}\n`), ...lines.flat()]);
      const fast = plan.encode(chunksOf(bytes, size), { source: "in", encoder: { maxBytes: 500 } });
      const { units } = emptyLedgers();
      const outcomes = plan.convert(chunksOf(bytes, size), { source: "in", units });
      const reference = encodeOutcomes(outcomes, await createPairBatchEncoder({ maxBytes: 500 }));
      expect(await sumUp(fast)).toEqual({ ...(await sumUp(reference)), units });
    },
  );
  await fc.assert(property, { numRuns: 100 });
});
