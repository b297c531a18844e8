import { DataError } from "@dpo-kit/schema";
import type { ReducerPlan } from "./conversion-plan.ts";
import type { ReducingRequest } from "./conversion-request.ts";
import { formatSplits, type SplitShare } from "./options/parse-splits.ts";
import { DEFAULT_TOKEN_ENCODING } from "./tokens/token-request.ts";

/**
 * The reducers that a request asks for, in the order in which pairs go through them (why:
 * `docs/decisions/2026-11-23-order-of-reducers.md`).
 *
 * @throws RUN_OPTION_INVALID when two options contradict each other.
 */
export function planReducers(request: ReducingRequest): ReducerPlan[] {
  refuseUnusable(request);
  const plans = [
    planAgainst(request),
    planMaxTokens(request),
    planConflicts(request),
    planDedupe(request),
    planNear(request),
    planMaxPairs(request),
    planSample(request),
    planSplit(request),
    planShuffle(request),
  ];
  return plans.filter((plan) => plan !== undefined);
}

type Planned = ReducerPlan | undefined;

/** Below it nearly every pair is a candidate of every other. */
const LEAST_NEAR = 0.5;

/** What the packages would refuse too, who know nothing of flags; and what would have no effect. */
function refuseUnusable(request: ReducingRequest): void {
  const { allowRemoval, maxPairsPerPrompt, near, nearOn, sample, splitBy } = request;
  if (near !== undefined && near < LEAST_NEAR) {
    throw unusable(
      `--near takes a likeness from ${LEAST_NEAR} to 1, not ${near}`,
      "Give one like --near 0.8.",
    );
  }
  if (sample?.value === 0) {
    throw unusable("--sample 0 leaves nothing", "Give how many pairs are kept, or a share such as 10%.");
  }
  if (maxPairsPerPrompt === 0) {
    throw unusable("--max-pairs-per-prompt 0 leaves nothing", "Give a number from 1.");
  }
  if (near === undefined && nearOn !== undefined && splitBy !== "near") {
    throw unusable("--near-on belongs to --near or --split-by near", "Add one of them, or leave it out.");
  }
  if (near === undefined && allowRemoval !== undefined) {
    throw unusable("--allow-removal belongs to --near", "Add --near 0.8, or leave it out.");
  }
}

function refuseWithoutAgainst({ againstMatch, againstOn }: ReducingRequest): void {
  if (againstMatch !== undefined || againstOn !== undefined) {
    const flag = againstMatch === undefined ? "--against-on" : "--against-match";
    throw unusable(`${flag} belongs to --against`, "Add the held-out file: --against eval.jsonl.");
  }
}

function unusable(message: string, hint: string): DataError {
  return new DataError("RUN_OPTION_INVALID", { message, hint });
}

function planAgainst(request: ReducingRequest): Planned {
  const { against = [], againstMatch = "normalised", againstOn = "prompt" } = request;
  if (against.length === 0) {
    refuseWithoutAgainst(request);
    return undefined;
  }
  const names = against.map((path) => path.replace(/^.*[/\\]/su, "")).join(", ");
  return {
    id: "against",
    title: `held out: ${againstOn}s of ${names}, ${againstMatch}`,
    secondPass: false,
  };
}

function planMaxTokens(request: ReducingRequest): Planned {
  const { maxTokens, over = "drop", model, tokenEncoding } = request;
  if (maxTokens === undefined) {
    return refuseWithoutMaxTokens(request);
  }
  if (maxTokens === 0) {
    throw unusable("--max-tokens 0 leaves nothing", "Give a number from 1, such as 4096.");
  }
  const counted = model ?? tokenEncoding ?? DEFAULT_TOKEN_ENCODING;
  return {
    id: "max-tokens",
    title: `over ${maxTokens} tokens of ${counted}: ${over}`,
    secondPass: over === "error",
  };
}

function refuseWithoutMaxTokens({ over, model, tokenEncoding }: ReducingRequest): undefined {
  const given = { "--over": over, "--model": model, "--token-encoding": tokenEncoding };
  const [flag] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (flag !== undefined) {
    throw unusable(`${flag} belongs to --max-tokens`, "Add --max-tokens 4096, or leave it out.");
  }
  return undefined;
}

function planConflicts({ conflicts = "keep", listConflicts }: ReducingRequest): Planned {
  if (conflicts === "keep" && listConflicts === undefined) {
    return undefined;
  }
  const listed = listConflicts === undefined ? "" : ", listed";
  return {
    id: "conflicts",
    title: `contradictory pairs: ${conflicts}${listed}`,
    secondPass: conflicts !== "keep-first" || listConflicts !== undefined,
  };
}

function planDedupe({ dedupe = "off" }: ReducingRequest): Planned {
  const titles = { exact: "equal lines", normalised: "equal but for case and white space" };
  return dedupe === "off"
    ? undefined
    : { id: "dedupe", title: `duplicates: ${titles[dedupe]}`, secondPass: false };
}

function planNear({ near, nearOn = "both" }: ReducingRequest): Planned {
  const texts = { prompt: "prompt", answers: "answers", both: "prompt and answers" };
  return near === undefined
    ? undefined
    : { id: "near", title: `near duplicates: ${near} alike in ${texts[nearOn]}`, secondPass: true };
}

function planMaxPairs({ maxPairsPerPrompt }: ReducingRequest): Planned {
  return maxPairsPerPrompt === undefined
    ? undefined
    : {
        id: "max-pairs-per-prompt",
        title: `at most ${maxPairsPerPrompt} of a prompt`,
        secondPass: true,
      };
}

function planSample({ sample }: ReducingRequest): Planned {
  if (sample === undefined) {
    return undefined;
  }
  const { kind, value } = sample;
  return kind === "count"
    ? { id: "sample", title: `${value} pairs drawn`, secondPass: true }
    : { id: "sample", title: `${value} % of the prompts drawn`, secondPass: false };
}

function planSplit(request: ReducingRequest): Planned {
  const shares = splitOf(request);
  const { splitBy = "prompt", stratify } = request;
  if (shares === undefined) {
    refuseWithoutSplit(request);
    return undefined;
  }
  const counts = hasCounts(shares);
  if (stratify !== undefined && (counts || splitBy === "near")) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `--stratify does not go with ${counts ? "numbers of pairs" : "--split-by near"}`,
      hint: "Stratify a split by shares, such as train=0.9,validation=0.1, by prompt, conversation or a field.",
    });
  }
  return {
    id: "split",
    title: `${formatSplits(shares)} by ${splitBy}${stratify === undefined ? "" : `, stratified by ${stratify}`}`,
    secondPass: counts || splitBy === "near" || stratify !== undefined,
  };
}

function planShuffle({ shuffle }: ReducingRequest): Planned {
  return shuffle === true
    ? { id: "shuffle", title: "the lines of each file shuffled", secondPass: true }
    : undefined;
}

/**
 * The parts of a split; undefined where none is asked for.
 * @throws RUN_OPTION_INVALID when both ways of asking are used, or a share leaves nothing.
 */
export function splitOf({ split, testSize }: ReducingRequest): readonly SplitShare[] | undefined {
  if (testSize === undefined) {
    return split;
  }
  if (split !== undefined || testSize >= 1) {
    throw new DataError("RUN_OPTION_INVALID", {
      message:
        split === undefined
          ? "--test-size 1 leaves nothing for train"
          : "--test-size and --split say the same",
      hint: "Give one of them: --test-size 0.1 is --split train=0.9,test=0.1.",
    });
  }
  return [
    { name: "train", amount: { kind: "share", value: Number((1 - testSize).toFixed(12)) } },
    { name: "test", amount: { kind: "share", value: testSize } },
  ];
}

/** Whether a split is by numbers of pairs, and not by shares. */
export function hasCounts(shares: readonly SplitShare[]): boolean {
  return shares.some(({ amount }) => amount.kind === "count");
}

function refuseWithoutSplit({ splitBy, stratify }: ReducingRequest): void {
  if (splitBy !== undefined || stratify !== undefined) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `${splitBy === undefined ? "--stratify" : "--split-by"} belongs to a split`,
      hint: "Add --split train=0.9,validation=0.1, or --test-size 0.1.",
    });
  }
}

const ownGroups: ReadonlySet<string> = new Set(["prompt", "near", "conversation", "source", "length"]);

/** The fields of the provenance by which pairs are grouped or stratified. */
export function groupFields({ splitBy, stratify }: ReducingRequest): string[] {
  const named = [splitBy, stratify].filter((name) => name !== undefined && !ownGroups.has(name));
  return [...new Set(named as string[])];
}
