import { expect, test } from "vitest";
import { shardBytes } from "./shard-bytes.ts";

test("files are as large as the targets that were asked for take", () => {
  expect(shardBytes({})).toBeUndefined();
  expect(shardBytes({ target: ["openai"] })).toBe(8 * 2 ** 30);
  expect(shardBytes({ target: ["openai", "azure", "together"] })).toBe(512 * 2 ** 20 - 1);
  expect(shardBytes({ target: ["fireworks"] })).toBeUndefined();
});

test("or as large as somebody says", () => {
  expect(shardBytes({ shardSize: 1000, target: ["azure"] })).toBe(1000);
  expect(shardBytes({ shardSize: "off", target: ["azure"] })).toBeUndefined();
  expect(shardBytes({ shardSize: "target" })).toBe(8 * 2 ** 30);
});
