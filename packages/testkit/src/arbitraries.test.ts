import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryDpoExample, arbitraryJson } from "./example-arbitraries.ts";
import { arbitraryBrokenText, arbitraryFilledText, arbitraryHostileText } from "./hostile-text.ts";

const isWellFormed = (text: string) => Buffer.from(text, "utf8").toString("utf8") === text;

test("hostile texts can be written as UTF-8, broken ones cannot", () => {
  fc.assert(fc.property(arbitraryHostileText(), isWellFormed));
  fc.assert(fc.property(arbitraryBrokenText(), (text) => !isWellFormed(text)));
});

test("filled texts are never blank", () => {
  fc.assert(fc.property(arbitraryFilledText(), (text) => /[a-z]/iu.test(text)));
});

test("JSON values survive JSON, own __proto__ keys with them", () => {
  fc.assert(
    fc.property(arbitraryJson(), (value) => {
      expect(JSON.stringify(JSON.parse(JSON.stringify(value)))).toBe(JSON.stringify(value));
    }),
  );
  const samples = fc.sample(arbitraryJson(), { numRuns: 3_000, seed: 1 });
  expect(samples.some((value) => JSON.stringify(value).includes('"__proto__":'))).toBe(true);
});

test("examples keep the rules of the canonical line", () => {
  fc.assert(
    fc.property(arbitraryDpoExample(), ({ input, preferred_output, non_preferred_output }) => {
      expect(input.messages.at(-1)?.role).toBe("user");
      expect([preferred_output.length, non_preferred_output.length]).toEqual([1, 1]);
      expect(preferred_output).not.toEqual(non_preferred_output);
      const names = new Set(input.tools?.map((tool) => tool.function.name));
      const answers = [...input.messages, ...preferred_output, ...non_preferred_output];
      for (const message of answers) {
        const calls = message.role === "assistant" ? (message.tool_calls ?? []) : [];
        expect(calls.every((call) => names.has(call.function.name))).toBe(true);
      }
    }),
  );
});
