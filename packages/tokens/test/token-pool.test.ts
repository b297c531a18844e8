import { arbitraryDpoExample } from "@dpo-kit/testkit";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTokenCounter, longerSideTokens, type TokenCounter } from "../src/index.ts";
import { createTokenPool, type TokenPool } from "../src/node.ts";
import { buildWorker } from "./build-worker.ts";
import { encodeLines } from "./encode-lines.ts";

const choice = { encoding: "cl100k_base" } as const;
let counter: TokenCounter;
let pool: TokenPool;
let program: URL;

beforeAll(async () => {
  program = buildWorker();
  counter = await createTokenCounter(choice);
  pool = await createTokenPool(choice, { threads: 2, program });
});

afterAll(() => pool.close());

describe("a pool of threads", () => {
  it("counts what one thread counts, whoever answers first", async () => {
    const batches = fc.array(fc.array(arbitraryDpoExample(), { maxLength: 4 }).map(encodeLines), {
      maxLength: 5,
    });
    const property = fc.asyncProperty(batches, async (list) => {
      const counted = await Promise.all(list.map((lines) => pool.countLines(lines)));
      expect(counted).toEqual(list.map((lines) => counter.countLines(lines)));
    });
    await fc.assert(property, { numRuns: 40 });
  });

  it("counts lines as their examples", () => {
    const property = fc.property(fc.array(arbitraryDpoExample(), { maxLength: 4 }), (examples) => {
      const { prompt, preferred, nonPreferred, documented } = counter.countLines(encodeLines(examples));
      examples.forEach((example, line) => {
        expect(counter.countExample(example)).toEqual({
          prompt: prompt[line],
          preferred: preferred[line],
          nonPreferred: nonPreferred[line],
          documented: documented[line] === 1,
        });
        const side = prompt[line]! + Math.max(preferred[line]!, nonPreferred[line]!);
        expect(longerSideTokens(counter.countLines(encodeLines(examples)), line)).toBe(side);
      });
    });
    fc.assert(property, { numRuns: 40 });
  });

  it("leaves the lines it was given as they are", async () => {
    const lines = encodeLines(fc.sample(arbitraryDpoExample(), { numRuns: 1, seed: 1 }));
    await pool.countLines(lines);
    expect(lines.bytes.length).toBeGreaterThan(0);
  });

  it("rejects what waits when it is closed, and what comes after", async () => {
    const closing = await createTokenPool(choice, { threads: 1, program });
    const lines = encodeLines([]);
    const waiting = expect(closing.countLines(lines)).rejects.toThrow("has ended");
    await closing.close();
    await waiting;
    await expect(closing.countLines(lines)).rejects.toThrow("has ended");
  });

  it("tells of a broken line, and goes on", async () => {
    const broken = {
      count: 1,
      bytes: new TextEncoder().encode("no json"),
      spans: Uint32Array.of(0, 7, 0, 0, 0, 0, 0, 0),
    };
    await expect(pool.countLines(broken)).rejects.toThrow(SyntaxError);
    expect(await pool.countLines(encodeLines([]))).toMatchObject({ prompt: new Uint32Array(0) });
  });

  it("works without threads", async () => {
    const none = await createTokenPool({ model: "gpt-4" });
    expect(none).toMatchObject({ encoding: "cl100k_base", threads: 0 });
    const lines = encodeLines(fc.sample(arbitraryDpoExample(), { numRuns: 5, seed: 2 }));
    expect(await none.countLines(lines)).toEqual(counter.countLines(lines));
    await none.close();
  });
});
