import { createRandom, temporaryFolder } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemorySpill } from "../../test/memory-spill.ts";
import { createDiskSpill } from "../node/disk-spill.ts";
import { createKeyIndex } from "./key-index.ts";

/** Keys of few different words, so that many are the same or nearly so. */
const arbitraryKey = fc
  .array(fc.constantFrom(0, 1, 2, 0x80000000, 0xffffffff), { minLength: 4, maxLength: 4 })
  .map((words) => Uint32Array.from(words));

/** The least memory: a few keys a part. */
const tiny = { memory: 1 };

describe("createKeyIndex", () => {
  it("answers as a Map does, spilled or not", () => {
    const property = fc.property(fc.array(arbitraryKey, { maxLength: 400 }), (keys) => {
      const indexes = [createKeyIndex(), createKeyIndex({ ...tiny, spill: createMemorySpill() })];
      const map = new Map<string, number>();
      keys.forEach((key, number) => {
        const known = map.get(key.join()) ?? -1;
        map.set(key.join(), known === -1 ? number : known);
        for (const index of indexes) {
          expect(index.add(key, 0, number)).toBe(known);
          expect(index.size).toBe(map.size);
        }
      });
    });
    fc.assert(property);
  });

  it("finds all keys again through many merged runs on disk, and leaves nothing behind", async () => {
    const spill = createDiskSpill(await temporaryFolder());
    const index = createKeyIndex({ ...tiny, spill });
    const random = createRandom(7);
    const keys = Uint32Array.from({ length: 4 * 30_000 }, () => random.next());
    for (let number = 0; number < 30_000; number += 1) {
      expect(index.add(keys, number * 4, 2 ** 40 + number)).toBe(-1);
    }
    for (let number = 0; number < 30_000; number += 1) {
      expect(index.add(keys, number * 4, 0)).toBe(2 ** 40 + number);
    }
    expect(index.find(Uint32Array.of(1, 2, 3, 4), 0)).toBe(-1);
    expect(index.size).toBe(30_000);
    index.close();
    spill.close();
  });

  it("removes its files when it is closed", () => {
    const spill = createMemorySpill();
    const index = createKeyIndex({ ...tiny, spill });
    for (let number = 0; number < 3000; number += 1) {
      index.add(Uint32Array.of(number, number, 0, 0), 0, number);
    }
    expect(spill.files.size).toBeGreaterThan(0);
    index.close();
    expect(spill.files.size).toBe(0);
  });

  it("says that its memory is full where it has nowhere to put the rest", () => {
    const index = createKeyIndex(tiny);
    const addMany = () => {
      for (let number = 0; number < 3000; number += 1) {
        index.add(Uint32Array.of(number, number, 0, 0), 0, number);
      }
    };
    expect(addMany).toThrowError(expect.objectContaining({ code: "DEDUPE_MEMORY" }));
  });
});
