import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError, type JsonValue } from "@dpo-kit/schema";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GatheredGroup, type GatherStore, gather } from "./gather.ts";
import { memoryStore } from "./memory-store.ts";
import { diskStore } from "./node.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "gather-test-"));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

interface Row {
  [key: string]: JsonValue;
  key: string;
  value: JsonValue;
}

async function all<T>(groups: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const group of groups) {
    list.push(group);
  }
  return list;
}

async function* stream(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}

function gathered(rows: readonly Row[], store: GatherStore<Row>): Promise<GatheredGroup<Row>[]> {
  return all(gather(stream(rows), (row) => row.key, store));
}

/** Looks through all the rows for each of them. */
function bruteForce(rows: readonly Row[]): GatheredGroup<Row>[] {
  return rows.flatMap((row, firstOrdinal) => {
    const members = rows.filter(({ key }) => key === row.key);
    return members[0] === row ? [{ key: row.key, members, firstOrdinal }] : [];
  });
}

const key = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "",
    "a\nb",
    "a\tb",
    "\ud800",
    "\u2028",
    "x".repeat(300),
  ),
  fc.string({ unit: "binary", maxLength: 2 }),
);
const row = fc.record({ key, value: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue> });
const rows = fc.array(row, { maxLength: 30 }).map((list) => JSON.parse(JSON.stringify(list)) as Row[]);

describe("gather", () => {
  it("keeps members in the order of the input, and groups in that of their first members", async () => {
    const input = ["b", "a", "b", "c", "a"].map((each, value) => ({ key: each, value }));
    const groups = await gathered(input, memoryStore());
    expect(
      groups.map((group) => [group.key, group.firstOrdinal, group.members.map(({ value }) => value)]),
    ).toEqual([
      ["b", 0, [0, 2]],
      ["a", 1, [1, 4]],
      ["c", 3, [3]],
    ]);
  });

  it("in memory is what brute force finds", async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (input) => {
        expect(await gathered(input, memoryStore())).toEqual(bruteForce(input));
      }),
    );
  });

  it("on disk is what brute force finds, however little is held in memory", async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 0, max: 3000 }), async (input, runBytes) => {
        expect(await gathered(input, diskStore({ directory, runBytes }))).toEqual(bruteForce(input));
      }),
      { numRuns: 60 },
    );
    expect(await readdir(directory)).toEqual([]);
  });

  it("merges more runs than files may be open at once, and lines longer than a buffer", async () => {
    const input = Array.from({ length: 300 }, (_, index) => ({
      key: String((index * 7919) % 101),
      value: index % 50 === 0 ? "é".repeat(100_000) : index,
    }));
    expect(await gathered(input, diskStore({ directory, runBytes: 0 }))).toEqual(bruteForce(input));
    expect(await readdir(directory)).toEqual([]);
  });

  it("keeps records that are no JSON by their own codec", async () => {
    const store = diskStore<Date>({
      directory,
      runBytes: 0,
      toJson: (date) => date.getTime(),
      fromJson: (value) => new Date(value as number),
    });
    const dates = [new Date(1000), new Date(2000), new Date(1000)];
    const groups = await all(gather(dates, (date) => date.toISOString(), store));
    expect(groups.map(({ members }) => members)).toEqual([[dates[0], dates[2]], [dates[1]]]);
  });

  it("of nothing is nothing, and leaves nothing", async () => {
    expect(await gathered([], diskStore({ directory }))).toEqual([]);
    expect(await readdir(directory)).toEqual([]);
  });
});

describe("the limits", () => {
  const input = Array.from({ length: 20 }, (_, value) => ({
    key: String(value % 2),
    value: "x".repeat(100),
  }));

  it("in memory: GATHER_LIMIT, and no partial group", async () => {
    const seen: unknown[] = [];
    const run = async () => {
      for await (const group of gather(stream(input), (each) => each.key, memoryStore({ maxBytes: 1000 }))) {
        seen.push(group);
      }
    };
    await expect(run()).rejects.toMatchObject({ code: "GATHER_LIMIT" });
    expect(seen).toEqual([]);
  });

  it("in memory: counted as the caller says", async () => {
    const three = memoryStore<Row>({ maxBytes: 1000, sizeOf: () => 0 });
    expect(await gathered(input, three)).toHaveLength(2);
  });

  it("on disk: GATHER_LIMIT for a group that is too large by itself, and the disk is clean", async () => {
    const store = diskStore<Row>({ directory, runBytes: 0, maxGroupCharacters: 500 });
    await expect(gathered(input, store)).rejects.toMatchObject({ code: "GATHER_LIMIT" });
    expect(await readdir(directory)).toEqual([]);
  });

  it("on disk: a folder that cannot be written to is a DataError", async () => {
    const failure = await gathered(input, diskStore({ directory: join(directory, "missing") })).catch(
      (error) => error,
    );
    expect(DataError.isInstance(failure)).toBe(true);
    expect(failure).toMatchObject({ code: "IO_WRITE_FAILED" });
  });
});

describe("cleaning up", () => {
  const input = Array.from({ length: 10 }, (_, value) => ({ key: String(value), value }));

  it("when the reader stops early", async () => {
    for await (const group of gather(
      stream(input),
      (each) => each.key,
      diskStore<Row>({ directory, runBytes: 0 }),
    )) {
      expect(await readdir(directory)).toHaveLength(1);
      expect(group.firstOrdinal).toBe(0);
      break;
    }
    expect(await readdir(directory)).toEqual([]);
  });

  it("when the source fails", async () => {
    async function* failing(): AsyncGenerator<Row> {
      yield* input;
      throw new Error("cut off");
    }
    const store = diskStore<Row>({ directory, runBytes: 0 });
    await expect(all(gather(failing(), (each) => each.key, store))).rejects.toThrow("cut off");
    expect(await readdir(directory)).toEqual([]);
  });
});
