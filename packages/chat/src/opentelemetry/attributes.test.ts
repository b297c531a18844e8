import type { JsonValue } from "@dpo-kit/schema";
import { describe, expect, it } from "vitest";
import { Attributes } from "./attributes.ts";

describe("attributes", () => {
  it.each<[string, JsonValue]>([
    ["flat", { "a.0.b.c": "x", "a.1.b.c": "y", "a.10.b.c": "z" }],
    ["nested", { a: [{ b: { c: "x" } }, { b: { c: "y" } }, { b: { c: "z" } }] }],
    ["mixed", { a: [{ "b.c": "x" }, { "b.c": "y" }, { "b.c": "z" }] }],
    [
      "of OTLP",
      ["x", "y", "z"].map((text, index) => ({ key: `a.${index}.b.c`, value: { stringValue: text } })),
    ],
  ])("are read where they are %s", (_, source) => {
    const items = new Attributes(source).list("a");
    expect(items.map((item) => item.text("b.c"))).toEqual(["x", "y", "z"]);
  });

  it("of OTLP have values of all kinds", () => {
    const attributes = new Attributes([
      { key: "whole", value: { intValue: "7" } },
      { key: "list", value: { arrayValue: { values: [{ doubleValue: 0.5 }, { boolValue: true }] } } },
      { key: "object", value: { kvlistValue: { values: [{ key: "a", value: { stringValue: "b" } }] } } },
    ]);
    expect(["whole", "list", "object.a"].map((name) => attributes.get(name))).toEqual([7, [0.5, true], "b"]);
  });

  it("may have any names, in any number and as deep as they like", () => {
    const names = ["__proto__.a", "constructor", `${"a.".repeat(100_000)}b`, "list.4000000000.x", "list.7.x"];
    const attributes = new Attributes(Object.fromEntries(names.map((name) => [name, "x"])));
    expect(attributes.text("__proto__.a")).toBe("x");
    expect(attributes.has("toString")).toBe(false);
    expect(attributes.list("list").map((item) => item.text("x"))).toEqual(["x"]);
  });
});
