import { describe, expect, test } from "vitest";
import { DataError } from "./data-error.ts";
import { parseExample, safeParseExample } from "./parse-example.ts";

const valid = {
  input: { messages: [{ role: "user", content: "Hi" }] },
  preferred_output: [{ role: "assistant", content: "Hello" }],
  non_preferred_output: [{ role: "assistant", content: "Hello " }],
};

describe("safeParseExample", () => {
  test("takes a value or a JSON text, and tells its warnings", () => {
    for (const input of [valid, JSON.stringify(valid)]) {
      const parsed = safeParseExample(input);
      expect(parsed).toMatchObject({ ok: true, example: valid });
      expect(parsed.issues.map(({ code }) => code)).toEqual(["OUTPUT_IDENTICAL"]);
    }
  });

  test("says what is wrong", () => {
    expect(safeParseExample("{")).toMatchObject({ ok: false, issues: [{ code: "LINE_INVALID_JSON" }] });
    expect(safeParseExample("5")).toMatchObject({ ok: false, issues: [{ code: "LINE_NOT_OBJECT" }] });
    expect(safeParseExample(undefined)).toMatchObject({ ok: false, issues: [{ code: "LINE_NOT_OBJECT" }] });
  });
});

describe("parseExample", () => {
  test("gives the example", () => {
    expect(parseExample(JSON.stringify(valid))).toEqual(valid);
  });

  test("throws the first error with all issues", () => {
    const location = { source: "a.jsonl", line: 2 };
    const thrown = (() => {
      try {
        return parseExample({ ...valid, id: 1, preferred_output: [] }, { location });
      } catch (error) {
        return error;
      }
    })();
    expect(DataError.isInstance(thrown)).toBe(true);
    expect(thrown).toMatchObject({
      code: "LINE_EXTRA_KEY",
      location: { source: "a.jsonl", line: 2, path: "id" },
      message:
        'a.jsonl:2: error LINE_EXTRA_KEY at id: There is a key that the format does not have; found "id" (and 1 more)',
    });
    expect((thrown as DataError).issues.map(({ code }) => code)).toEqual(["LINE_EXTRA_KEY", "OUTPUT_EMPTY"]);
  });
});
