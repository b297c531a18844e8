import { readdir } from "node:fs/promises";
import { temporaryFolder } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import type { ReducingRequest } from "../conversion-request.ts";
import { planReducers } from "../plan-reducers.ts";
import { createReducers } from "./create-reducers.ts";

const split: NonNullable<ReducingRequest["split"]> = [
  { name: "train", amount: { kind: "share", value: 0.9 } },
  { name: "test", amount: { kind: "share", value: 0.1 } },
];

const counts: NonNullable<ReducingRequest["split"]> = [
  { name: "train", amount: { kind: "count", value: Number.POSITIVE_INFINITY } },
  { name: "test", amount: { kind: "count", value: 10 } },
];

test.each<[ReducingRequest, boolean]>([
  [{}, false],
  [{ conflicts: "keep", dedupe: "off" }, false],
  [{ against: ["eval.jsonl"] }, false],
  [{ conflicts: "drop" }, true],
  [{ conflicts: "keep-first" }, false],
  [{ conflicts: "keep-first", listConflicts: "c.jsonl" }, true],
  [{ listConflicts: "c.jsonl" }, true],
  [{ dedupe: "exact" }, false],
  [{ dedupe: "normalised" }, false],
  [{ near: 0.8 }, true],
  [{ maxPairsPerPrompt: 2 }, true],
  [{ sample: { kind: "percent", value: 10 } }, false],
  [{ sample: { kind: "count", value: 10 } }, true],
  [{ split }, false],
  [{ testSize: 0.2 }, false],
  [{ split, splitBy: "conversation" }, false],
  [{ split, splitBy: "source" }, false],
  [{ split, splitBy: "team" }, false],
  [{ split, splitBy: "near" }, true],
  [{ split, stratify: "length" }, true],
  [{ split, stratify: "team" }, true],
  [{ split: counts }, true],
  [{ shuffle: true }, true],
])("the plan of %j says whether there is a second pass", async (request, secondPass) => {
  const folder = await temporaryFolder();
  const plans = planReducers(request);
  const reducers = await createReducers({ request, plans, sources: ["a"], folder, onConflict: () => {} });
  expect(plans.some((plan) => plan.secondPass)).toBe(secondPass);
  expect(reducers.all.some(({ needsAll }) => needsAll)).toBe(secondPass);
  await reducers.close();
  expect(await readdir(folder)).toEqual([]);
});

test("the order is that of the decision, whatever is asked for first", () => {
  const all: ReducingRequest = {
    shuffle: true,
    split,
    sample: { kind: "count", value: 5 },
    maxPairsPerPrompt: 1,
    near: 0.9,
    dedupe: "exact",
    conflicts: "drop",
    against: ["folder/eval.jsonl"],
  };
  expect(planReducers(all).map(({ id }) => id)).toEqual([
    "against",
    "conflicts",
    "dedupe",
    "near",
    "max-pairs-per-prompt",
    "sample",
    "split",
    "shuffle",
  ]);
  expect(planReducers(all)[0]!.title).toBe("held out: prompts of eval.jsonl, normalised");
});

test.each<[ReducingRequest, RegExp]>([
  [{ splitBy: "prompt" }, /--split-by belongs to a split/],
  [{ near: 0.3 }, /--near takes a likeness from 0.5 to 1, not 0.3/],
  [{ nearOn: "prompt" }, /--near-on belongs to --near/],
  [{ sample: { kind: "count", value: 0 } }, /--sample 0 leaves nothing/],
  [{ sample: { kind: "percent", value: 0 } }, /--sample 0 leaves nothing/],
  [{ maxPairsPerPrompt: 0 }, /--max-pairs-per-prompt 0 leaves nothing/],
  [{ againstMatch: "near" }, /--against-match belongs to --against/],
  [{ againstOn: "pair" }, /--against-on belongs to --against/],
  [{ allowRemoval: 0.5 }, /--allow-removal belongs to --near/],
  [{ stratify: "length" }, /--stratify belongs to a split/],
  [{ split, testSize: 0.1 }, /--test-size and --split/],
  [{ testSize: 1 }, /leaves nothing/],
  [{ split: counts, stratify: "length" }, /numbers of pairs/],
  [{ split, splitBy: "near", stratify: "length" }, /--split-by near/],
])("%j is refused", (request, message) => {
  expect(() => planReducers(request)).toThrow(message);
});
