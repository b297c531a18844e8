import { describe, expect, it } from "vitest";
import { normaliseId } from "./join-table.ts";

describe("ids in sidecar files", () => {
  it("are one UUID in any spelling", () => {
    const bare = "0b1c2d3e4f5061728394a5b6c7d8e9f0";
    expect(normaliseId("0B1C2D3E-4F50-6172-8394-A5B6C7D8E9F0")).toBe(bare);
    expect(normaliseId(bare.toUpperCase())).toBe(bare);
  });

  it.each([
    ["run-1-1", "run-11"],
    ["aB", "Ab"],
    ["", "-"],
    ["__proto__", "--__proto__"],
  ])("that are no UUIDs are told apart: %j and %j", (one, other) => {
    expect(normaliseId(one)).not.toBe(normaliseId(other));
  });
});
