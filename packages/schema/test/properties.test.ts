import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  acceptedBy,
  type DpoExample,
  fixExample,
  schemaCodes,
  targetIds,
  validateExample,
} from "../src/index.ts";
import { dpoExampleSchema } from "../src/zod.ts";
import { arbitraryExample, arbitraryMutant } from "./arbitrary-example.ts";
import { readRuleCases } from "./rule-cases.ts";

const anyLine = fc.oneof(
  { weight: 1, arbitrary: arbitraryExample as fc.Arbitrary<unknown> },
  { weight: 6, arbitrary: arbitraryMutant },
  { weight: 1, arbitrary: fc.jsonValue() as fc.Arbitrary<unknown> },
);
const runs = { numRuns: 3000 };

function hasSchemaCode(line: unknown): boolean {
  return validateExample(line, { targets: [] }).some(({ code }) => schemaCodes.has(code as never));
}

describe("validateExample", () => {
  test("finds a schema code exactly where zod refuses", () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        expect(hasSchemaCode(line)).toBe(!dpoExampleSchema.safeParse(line).success);
      }),
      runs,
    );
  });

  test("agrees with zod on every fixture", () => {
    for (const { file, line } of readRuleCases()) {
      if (line !== undefined) {
        expect([file, hasSchemaCode(line)]).toEqual([file, !dpoExampleSchema.safeParse(line).success]);
      }
    }
  });

  test("the arbitrary examples are of the canonical shape", () => {
    fc.assert(
      fc.property(arbitraryExample, (example) => {
        expect(dpoExampleSchema.safeParse(example).error).toBeUndefined();
      }),
    );
  });

  test("says the same of the same line, and leaves it as it is", () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        const before = JSON.stringify(line);
        const issues = validateExample(line, { targets: targetIds });
        expect(validateExample(JSON.parse(before), { targets: targetIds })).toEqual(issues);
        expect(JSON.stringify(line)).toBe(before);
      }),
    );
  });

  test("each issue has all that a user needs", () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        for (const issue of validateExample(line, {
          targets: targetIds,
          location: { source: "f", line: 3 },
        })) {
          expect(issue.location).toMatchObject({ source: "f", line: 3 });
          expect(issue.message).not.toBe("");
          expect(issue.hint).not.toBe("");
          expect(issue.found?.length ?? 0).toBeLessThanOrEqual(200);
        }
      }),
    );
  });
});

describe("acceptedBy", () => {
  test("sets the bit of each provider for which there is no error", () => {
    fc.assert(
      fc.property(anyLine, fc.shuffledSubarray([...targetIds]), (line, targets) => {
        const bits = targets.map((target, index) => {
          const issues = validateExample(line, { targets: [target] });
          return issues.some(({ severity }) => severity === "error") ? 0 : 1 << index;
        });
        expect(acceptedBy(line as DpoExample, targets)).toBe(bits.reduce((sum, bit) => sum | bit, 0));
      }),
      runs,
    );
  });
});

describe("fixExample", () => {
  test("twice is the same as once", () => {
    fc.assert(
      fc.property(anyLine, fc.boolean(), (line, dropUnknown) => {
        const once = fixExample(line, { dropUnknown });
        const twice = fixExample(once.value, { dropUnknown });
        expect(twice.changes).toEqual([]);
        expect(twice.value).toBe(once.value);
      }),
      runs,
    );
  });

  test("leaves a valid example as it is", () => {
    fc.assert(
      fc.property(arbitraryExample, fc.boolean(), (example, dropUnknown) => {
        const { value, changes } = fixExample(example, { dropUnknown });
        expect(value).toBe(example);
        expect(changes).toEqual([]);
      }),
    );
  });

  test("never alters what was given, and says so exactly when it gives something else", () => {
    fc.assert(
      fc.property(anyLine, fc.boolean(), (line, dropUnknown) => {
        const before = JSON.stringify(line);
        const { value, changes } = fixExample(line, { dropUnknown });
        expect(JSON.stringify(line)).toBe(before);
        expect(value === line).toBe(changes.length === 0);
      }),
    );
  });

  test("keeps every text of the messages, unless it is asked to drop keys", () => {
    const contents = (line: unknown): string[] =>
      JSON.stringify(line)
        ?.match(/"(content|text)":"(?:[^"\\]|\\.)*"/gu)
        ?.sort() ?? [];
    fc.assert(
      fc.property(arbitraryMutant, (line) => {
        // A removed metadata key takes what is in it along; keys named so are never texts of messages.
        const { value, changes } = fixExample(line);
        fc.pre(!changes.some(({ fix }) => fix === "metadata-removed" || fix === "arguments-to-text"));
        expect(contents(value)).toEqual(contents(line));
      }),
    );
  });

  test("makes nothing worse: no error code that was not there", () => {
    fc.assert(
      fc.property(arbitraryMutant, (line) => {
        const errors = (value: unknown): number =>
          validateExample(value, { targets: [] }).filter(({ code }) => schemaCodes.has(code as never)).length;
        const { value, changes } = fixExample(line);
        fc.pre(changes.every(({ fix }) => fix !== "wrapped-in-list" && fix !== "key-renamed"));
        expect(errors(value)).toBeLessThanOrEqual(errors(line));
      }),
    );
  });
});
