import { createIssue, type DpoExample, type Issue, jsonString, validateExample } from "@dpo-kit/schema";
import { arbitraryDpoExample, collect } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryOutcome } from "../../test/arbitrary-outcomes.ts";
import { decodeSpan, lineText } from "../batch-lines.ts";
import { addLedgers, emptyLedgers, findImbalances, type Ledgers } from "../ledger.ts";
import { formatExample } from "../line/format-example.ts";
import type { Outcome, Pair, PairsOutcome } from "../outcome.ts";
import type { PairBatch } from "../pair-batch.ts";
import type { PairBatchEncoderOptions } from "./encoder-options.ts";
import { createPairBatchEncoder, encodeOutcomes } from "./pair-batch-encoder.ts";

const at = { source: "test.csv", ordinal: 7, line: 12 };

function example(answer = "Paris"): DpoExample {
  return {
    input: { messages: [{ role: "user", content: "Capital of France?" }] },
    preferred_output: [{ role: "assistant", content: answer }],
    non_preferred_output: [{ role: "assistant", content: "Lyon" }],
  };
}

function pair(more: Partial<Pair> = {}): Pair {
  return { example: example(), rule: "given", transforms: [], ...more };
}

function pairs(list: Pair[], more: Partial<PairsOutcome> = {}): Outcome {
  return { kind: "pairs", at, pairs: list, dropped: [], ...more };
}

async function encode(outcomes: Outcome[], options: PairBatchEncoderOptions = {}): Promise<PairBatch> {
  const encoder = await createPairBatchEncoder(options);
  outcomes.forEach((outcome) => {
    encoder.add(outcome);
  });
  return encoder.flush();
}

async function encodeAll(outcomes: Outcome[], options: PairBatchEncoderOptions): Promise<PairBatch[]> {
  return collect(encodeOutcomes(outcomes, await createPairBatchEncoder(options)));
}

function totalOf(batches: PairBatch[]): Ledgers {
  const total = emptyLedgers();
  batches.forEach((batch) => {
    addLedgers(total, batch.ledgers);
  });
  return total;
}

describe("lines and columns", () => {
  it("writes the line, where it comes from and how it came to be", async () => {
    const one = pair({ rule: "best-worst", margin: 1.5, transforms: ["role-renamed"] });
    const batch = await encode([pairs([pair(), one])], { sourceId: 3 });
    expect(batch.count).toBe(2);
    expect(lineText(batch, 1)).toBe(formatExample(example()));
    expect([...batch.sourceId]).toEqual([3, 3]);
    expect([...batch.recordOrdinal]).toEqual([7, 7]);
    expect([...batch.physicalLine]).toEqual([12, 12]);
    expect([...batch.pairInRecord]).toEqual([0, 1]);
    expect([...batch.rule].map((index) => batch.ruleNames[index])).toEqual(["given", "best-worst"]);
    expect([...batch.margin]).toEqual([Number.NaN, 1.5]);
    expect(batch.transforms).toEqual(new Map([["role-renamed", 1]]));
    expect(batch.provenance).toBeUndefined();
  });

  it("gives for each of the four providers whether it takes the line", async () => {
    const named = example();
    named.input.messages = [
      { role: "user", content: "Hi" },
      { role: "assistant", content: "Hello" },
      { role: "user", content: "Capital of France?" },
    ];
    const batch = await encode([pairs([pair(), pair({ example: named })])]);
    expect(batch.acceptedBy[0]).toBe(0b1111);
    // Fireworks takes no earlier turns of the assistant.
    expect(batch.acceptedBy[1]! & 0b1000).toBe(0);
    expect(batch.acceptedBy[1]! & 0b0001).toBe(1);
  });

  it("writes the same bytes as formatExample, and spans that decode to the parts", async () => {
    const property = fc.asyncProperty(arbitraryDpoExample(), fc.boolean(), async (any, lean) => {
      const batch = await encode([pairs([pair({ example: any })])], { lean });
      expect(batch.count).toBe(1);
      expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(batch.bytes)).toBe(
        `${formatExample(any, { lean })}\n`,
      );
      expect(decodeSpan(batch, 0, "messages")).toEqual(any.input.messages);
      expect(decodeSpan(batch, 0, "tools")).toEqual(any.input.tools);
      expect(decodeSpan(batch, 0, "preferred")).toEqual(any.preferred_output);
      expect(decodeSpan(batch, 0, "nonPreferred")).toEqual(any.non_preferred_output);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it("has buffers of exactly their size, and starts anew after a flush", async () => {
    const encoder = await createPairBatchEncoder({ groupColumns: ["model"] });
    encoder.add(pairs([pair({ provenance: { model: "a" } })]));
    const first = encoder.flush();
    encoder.add(pairs([pair({ provenance: { model: "b" } })]));
    const second = encoder.flush();
    expect(first.bytes.buffer.byteLength).toBe(first.lineEnd[0]);
    expect(first.spans.buffer.byteLength).toBe(32);
    expect(second.bytes).toEqual(first.bytes);
    expect(second.lineKey).toEqual(first.lineKey);
    expect(second.groups[0]!.values).toEqual(["b"]);
    expect(encoder.flush()).toMatchObject({ count: 0, rejects: [], notes: [], ruleNames: [] });
  });

  it("grows past the lines it first has room for", async () => {
    const many = Array.from({ length: 700 }, (_, index) => pair({ example: example(`Paris ${index}`) }));
    const batch = await encode([pairs(many)]);
    expect(batch.count).toBe(700);
    expect(lineText(batch, 699)).toBe(formatExample(example("Paris 699")));
    expect(batch.pairInRecord[699]).toBe(699);
  });
});

describe("groups and provenance", () => {
  it("makes a group column of each field asked for; what is absent or null is the empty text", async () => {
    const models = [{ model: "a" }, { model: "b", other: 1 }, { model: "a" }, { model: null }, undefined];
    const list = models.map((provenance) => pair(provenance === undefined ? {} : { provenance }));
    const batch = await encode([pairs(list)], { groupColumns: ["model", "__proto__"], keepProvenance: true });
    const [model, proto] = batch.groups;
    expect(model!.values).toEqual(["a", "b", ""]);
    expect([...model!.index]).toEqual([0, 1, 0, 2, 2]);
    expect(model!.hash.subarray(0, 2)).toEqual(model!.hash.subarray(4, 6));
    // XXH64 of nothing: https://github.com/Cyan4973/xxHash/blob/dd11140c2dc5d53a3c0a949d67af7f40f546878e/cli/xsum_sanity_check.c
    expect([...model!.hash.subarray(8, 10)]).toEqual([0x51d8e999, 0xef46db37]);
    expect(proto!.values).toEqual([""]);
    expect(batch.provenance).toEqual(models);
  });
});

describe("groups by fields of the record", () => {
  it("takes them where the converter said nothing of them, on both roads", async () => {
    const record = { value: { team: "a", list: [1], n: 5 }, bytes: 10 };
    const options = { groupColumns: ["team", "list", "n", "constructor"], keepProvenance: true };
    const encoder = await createPairBatchEncoder(options);
    encoder.add(pairs([pair(), pair({ provenance: { team: "b" } })], { record }));
    encoder.addTextPair({
      prompt: "Capital of France?",
      preferred: "Paris",
      nonPreferred: "Lyon",
      ordinal: 1,
      line: 2,
      rule: "given",
      transforms: [],
      locate: () => at,
      record: () => record,
    });
    const { groups, provenance } = encoder.flush();
    const valuesOf = (name: string) => {
      const { index, values } = groups.find((group) => group.name === name)!;
      return [...index].map((each) => values[each]);
    };
    expect(valuesOf("team")).toEqual(["a", "b", "a"]);
    expect(valuesOf("n")).toEqual(["5", "5", "5"]);
    expect(valuesOf("list")).toEqual(["", "", ""]);
    expect(valuesOf("constructor")).toEqual(["", "", ""]);
    expect(provenance![0]).toEqual({ team: "a", n: 5 });
  });
});

describe("pairs that are refused", () => {
  const blank = pair({ example: example(" ") });
  const record = { value: { prompt: "Capital of France?" }, bytes: 40 };

  it("drops them as invalid, and keeps their issues with the record", async () => {
    const batch = await encode([pairs([pair(), blank], { record })]);
    expect(batch.count).toBe(1);
    expect(batch.ledgers.comparisons).toEqual({
      considered: 2,
      pairs: 1,
      dropped: new Map([["invalid", 1]]),
    });
    expect(batch.ledgers.records).toMatchObject({ total: 1, converted: 1 });
    expect(batch.rejects).toEqual([{ at, issues: validateExample(blank.example, { location: at }), record }]);
    expect(batch.rejects[0]!.issues.length).toBeGreaterThan(0);
  });

  it("rejects a record none of whose pairs is left, under the code of its first error", async () => {
    const batch = await encode([pairs([blank, blank])]);
    const code = validateExample(blank.example)[0]!.code;
    expect(batch.ledgers.records.rejected).toEqual(new Map([[code, 1]]));
    expect(batch.ledgers.records.converted).toBe(0);
    expect(batch.rejects).toHaveLength(1);
  });

  it("refuses half a character wherever it stands", async () => {
    const half: DpoExample = example("Par\ud800is");
    const inTools: DpoExample = {
      ...example(),
      input: {
        messages: example().input.messages,
        tools: [{ type: "function", function: { name: "f", description: "\udc00" } }],
      },
    };
    const batch = await encode([pairs([pair({ example: half }), pair({ example: inTools })])]);
    expect(batch.count).toBe(0);
    expect(batch.rejects[0]!.issues.map((issue) => issue.code)).toEqual([
      "LINE_LONE_SURROGATE",
      "LINE_LONE_SURROGATE",
    ]);
  });

  it("checks OpenAI's rules and those of the targets asked for", async () => {
    const asked: unknown[] = [];
    const checks = {
      validate: (_: DpoExample, options: { targets: readonly string[] }) => {
        asked.push(options.targets);
        return [];
      },
      acceptedBy: () => 0,
    };
    await encode([pairs([pair()])], { checks });
    await encode([pairs([pair()])], { checks, targets: ["together", "openai"] });
    expect(asked).toEqual([["openai"], ["openai", "together"]]);
  });

  it("keeps tools that are nested very deeply", async () => {
    let deep: DpoExample["input"]["tools"] | object = {};
    for (let level = 0; level < 20_000; level += 1) {
      deep = { a: deep };
    }
    const tools = [{ type: "function", function: { name: "f", parameters: deep } }] as never;
    const checks = { validate: () => [], acceptedBy: () => 0 };
    const nested = { ...example(), input: { ...example().input, tools } };
    const batch = await encode([pairs([pair({ example: nested })])], { checks });
    expect(lineText(batch, 0).length).toBeGreaterThan(6 * 20_000);
  });
});

describe("what is dropped, skipped and rejected by converters", () => {
  const identical = createIssue("PAIR_IDENTICAL", { location: at });

  it("counts drops by reason and lists what is wrong with them", async () => {
    const dropped = [{ reason: "tie" as const }, { reason: "identical" as const, issues: [identical] }];
    const batch = await encode([pairs([pair()], { dropped })]);
    expect(batch.ledgers.comparisons).toEqual({
      considered: 3,
      pairs: 1,
      dropped: new Map([
        ["tie", 1],
        ["identical", 1],
      ]),
    });
    expect(batch.rejects).toEqual([{ at, issues: [identical] }]);
  });

  it("counts a rejected record under its first code, and a malformed unit not as a record", async () => {
    const batch = await encode([
      { kind: "rejected", at, issues: [identical] },
      { kind: "rejected", at, issues: [identical], malformed: true },
      { kind: "skipped", at, reason: "tie", dropped: [{ reason: "tie" }] },
    ]);
    expect(batch.ledgers.records).toEqual({
      total: 2,
      converted: 0,
      skipped: new Map([["tie", 1]]),
      rejected: new Map([["PAIR_IDENTICAL", 1]]),
    });
    expect(batch.ledgers.comparisons.dropped).toEqual(new Map([["tie", 1]]));
    expect(batch.rejects).toHaveLength(2);
    expect(batch.ledgers.units.read).toBe(0);
  });

  it("counts units only where it is told to", async () => {
    const encoder = await createPairBatchEncoder();
    encoder.addUnits({ read: 5, intoRecords: 4 });
    encoder.addUnits({ read: 1, blank: 2 });
    expect(encoder.flush().ledgers.units).toMatchObject({ read: 6, intoRecords: 4, blank: 2 });
    expect(encoder.flush().ledgers.units.read).toBe(0);
  });
});

describe("notes", () => {
  it("of a record are counted beside its pairs, and remove nothing", async () => {
    const notes = [createIssue("PAIRWISE_SCORE_TIED", { location: at })];
    const batch = await encode([pairs([pair()], { notes })]);
    expect(batch).toMatchObject({ count: 1, rejects: [], notes });
    expect(batch.noteCounts).toEqual([{ code: "PAIRWISE_SCORE_TIED", severity: "warning", count: 1 }]);
  });

  it("keeps twenty of each code and severity, and counts all", async () => {
    const warning = (): Issue[] => [createIssue("MESSAGE_RESERVED_TOKEN", { location: at })];
    const checks = { validate: warning, acceptedBy: () => 0 };
    const batch = await encode([pairs(Array(50).fill(pair()))], { checks });
    expect(batch.count).toBe(50);
    expect(batch.notes).toHaveLength(20);
    expect(batch.noteCounts).toEqual([{ code: "MESSAGE_RESERVED_TOKEN", severity: "warning", count: 50 }]);
  });
});

describe("batches", () => {
  it("balance together, hold every pair once and in order, whatever their size", async () => {
    const property = fc.asyncProperty(
      fc.array(arbitraryOutcome(), { maxLength: 8 }),
      fc.constantFrom(1, 300, 3000),
      async (outcomes, maxBytes) => {
        const [whole] = await encodeAll(outcomes, { maxBytes: 1 << 30 });
        const parts = await encodeAll(outcomes, { maxBytes });
        const total = totalOf(parts);
        expect(findImbalances(total).filter((sentence) => !sentence.startsWith("pairs: "))).toEqual([]);
        expect(total).toEqual(whole!.ledgers);
        expect(Buffer.concat(parts.map((part) => part.bytes))).toEqual(Buffer.from(whole!.bytes));
        expect(parts.flatMap((part) => [...part.promptKey])).toEqual([...whole!.promptKey]);
        expect(parts.flatMap((part) => part.rejects)).toEqual(whole!.rejects);
      },
    );
    await fc.assert(property);
  });

  it("are not much larger than asked for, though one record had a great many pairs", async () => {
    const long = jsonString("long ".repeat(100));
    const batches = await encodeAll([pairs(Array(100).fill(pair({ example: example(long) })))], {
      maxBytes: 2000,
    });
    expect(batches.length).toBeGreaterThan(20);
    expect(Math.max(...batches.map((batch) => batch.bytes.length))).toBeLessThan(3000);
    expect(batches.reduce((sum, batch) => sum + batch.count, 0)).toBe(100);
  });

  it("are full of rejects too", async () => {
    const encoder = await createPairBatchEncoder({ maxBytes: 5000 });
    const issues = [createIssue("PAIR_IDENTICAL", { location: at })];
    encoder.add({ kind: "rejected", at, issues, record: { value: "x", bytes: 6000 } });
    expect(encoder.full).toBe(true);
    encoder.flush();
    expect(encoder.full).toBe(false);
  });
});
