import { createKeyHasher, createPairBatchEncoder } from "@dpo-kit/batch";
import type { UserMessage } from "@dpo-kit/schema";
import fc from "fast-check";
import { expect, it } from "vitest";
import { exampleOf } from "../test/batches.ts";
import { writeOpeningKey } from "./opening-key.ts";

const text = fc.oneof(
  fc.constantFrom("", "  ", "Hi  THERE", "é\u0301", "İ"),
  fc.string({ unit: "grapheme" }),
);
const message: fc.Arbitrary<UserMessage> = fc.record(
  {
    role: fc.constant("user" as const),
    content: fc.oneof(text, fc.array(text.map((each) => ({ type: "text" as const, text: each })))),
    name: text,
  },
  { requiredKeys: ["role", "content"] },
);

it("is the prompt key of a prompt that is this message alone", async () => {
  const hasher = await createKeyHasher();
  const encoder = await createPairBatchEncoder({ checks: { validate: () => [], acceptedBy: () => 0 } });
  fc.assert(
    fc.property(message, (opening) => {
      const example = { ...exampleOf({ prompt: "" }), input: { messages: [opening] } };
      const at = { source: "test", ordinal: 0 };
      encoder.add({ kind: "pairs", at, dropped: [], pairs: [{ example, rule: "given", transforms: [] }] });
      const target = new Uint32Array(5);
      const messages = [
        { role: "system", content: "Be brief" } as const,
        opening,
        ...example.preferred_output,
      ];
      expect(writeOpeningKey(hasher, messages, { target, at: 1 })).toBe(true);
      expect(target.subarray(1)).toEqual(encoder.flush().promptKey);
    }),
  );
});

it("is none where the user says nothing", async () => {
  const target = new Uint32Array(4);
  const messages = [{ role: "assistant", content: "Hi" } as const];
  expect(writeOpeningKey(await createKeyHasher(), messages, { target, at: 0 })).toBe(false);
});
