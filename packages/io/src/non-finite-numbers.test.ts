import fc from "fast-check";
import { expect, test } from "vitest";
import { nullNonFiniteNumbers } from "./non-finite-numbers.ts";

test.each([
  ['{"a": NaN, "b": [-Infinity,Infinity]}', '{"a": null, "b": [null,null]}'],
  ['{"NaN": "-Infinity", "b": "\\\\", "c": NaN}', '{"NaN": "-Infinity", "b": "\\\\", "c": null}'],
  ['["\\"NaN", "\\\\\\"Infinity", NaN', '["\\"NaN", "\\\\\\"Infinity", null'],
  ['["NaN', '["NaN'],
])("%s becomes %s", (text, expected) => {
  expect(nullNonFiniteNumbers(text)).toBe(expected);
});

test("what is valid JSON stays as it is", () => {
  const word = fc.constantFrom("NaN", "Infinity", "-Infinity", '"', "\\", '\\"', " ", "x");
  const text = fc.array(word).map((words) => words.join(""));
  fc.assert(
    fc.property(fc.dictionary(text, text), (value) => {
      const json = JSON.stringify(value);
      expect(nullNonFiniteNumbers(json)).toBe(json);
    }),
  );
});
