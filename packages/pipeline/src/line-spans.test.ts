import { createPairBatchEncoder, lineBytes, SPANS_PER_LINE } from "@dpo-kit/batch";
import type { DpoExample } from "@dpo-kit/schema";
import { arbitraryDpoExample } from "@dpo-kit/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { lineSpans } from "./line-spans.ts";

const checks = { validate: () => [], acceptedBy: () => 0 };

test("finds in canonical lines what the encoder knows of them", async () => {
  const encoder = await createPairBatchEncoder({ checks });
  const lean = await createPairBatchEncoder({ checks, lean: true });
  await fc.assert(
    fc.asyncProperty(arbitraryDpoExample(), async (example) => {
      for (const each of [encoder, lean]) {
        const pairs = [{ example, rule: "given", transforms: [] }];
        each.add({ kind: "pairs", at: { source: "", ordinal: 0 }, pairs, dropped: [] });
        const batch = each.flush();
        expect(lineSpans(lineBytes(batch, 0))).toEqual(batch.spans.slice(0, SPANS_PER_LINE));
      }
    }),
  );
});

test("and in lines with white space, escapes in keys, another order, and a scalar between", () => {
  const json =
    ' { "non_preferred_output" : [ {"role":"assistant","content":"]\\"}"} ] ,"preferred\\u005foutput":[1], ' +
    '"input":{"parallel_tool_calls":true ,"messages":[ ]}}';
  const bytes = new TextEncoder().encode(json);
  const spans = lineSpans(bytes);
  const part = (index: number) =>
    new TextDecoder().decode(bytes.subarray(spans[index * 2], spans[index * 2 + 1]));
  expect([0, 1, 2, 3].map(part)).toEqual(["[ ]", "", "[1]", '[ {"role":"assistant","content":"]\\"}"} ]']);
  const { messages } = (JSON.parse(json) as unknown as DpoExample).input;
  expect(messages).toEqual([]);
});
