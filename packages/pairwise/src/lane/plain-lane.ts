import type { PairBatchEncoder, TextPair } from "@dpo-kit/batch";
import type { JsonObject, TransformName } from "@dpo-kit/schema";
import { numberAt } from "../named-answers.ts";
import type { ClaimedShape } from "../pairwise-detection.ts";
import type { PairwiseConvertOptions } from "../pairwise-options.ts";
import type { PairwiseRow } from "../pairwise-row.ts";
import { columnOf } from "../shape.ts";
import {
  agrees,
  isPlainPrompt,
  isPlainText,
  mayBeSame,
  own,
  type PlainTexts,
  textsOfConversations,
} from "./plain-texts.ts";

/** What the columns of a claim may be for the lane: whatever else a claim has needs a closer look. */
const knownRoles: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["prompt-and-answers", new Set(["prompt", "preferred", "non_preferred"])],
  ["conversations", new Set(["preferred", "non_preferred", "repeated prompt"])],
]);
const scoreRoles: ReadonlySet<string> = new Set(["preferred score", "non_preferred score", "other prompt"]);

/**
 * The way of rows that are one question and two answers in plain text, or two conversations of these: from the texts
 * to the bytes of the line, with nothing built between. It takes a row only if nothing is to be said about it; all
 * others go by `RowConverter`, which is the reference: for a row that both could take they give the same line.
 */
export class PlainLane {
  readonly #claim: ClaimedShape;
  readonly #options: PairwiseConvertOptions;
  readonly #columns: Readonly<Record<"prompt" | "preferred" | "nonPreferred", string | undefined>>;
  readonly #pair: TextPair;
  #row: PairwiseRow | undefined;

  private constructor(claim: ClaimedShape, options: PairwiseConvertOptions) {
    this.#claim = claim;
    this.#options = options;
    this.#columns = {
      prompt: columnOf(claim, claim.id === "conversations" ? "repeated prompt" : "prompt"),
      preferred: columnOf(claim, "preferred"),
      nonPreferred: columnOf(claim, "non_preferred"),
    };
    this.#pair = {
      prompt: "",
      preferred: "",
      nonPreferred: "",
      ordinal: 0,
      line: 0,
      rule: "given",
      transforms: [],
      locate: () => this.#row!.at,
      record: () => ({ value: this.#row!.value ?? null, bytes: this.#row!.bytes }),
    };
  }

  /** The lane for rows of a claim; undefined where they must all be looked at more closely. */
  static for(claim: ClaimedShape | undefined, options: PairwiseConvertOptions): PlainLane | undefined {
    const { minMargin, maxPairsPerRecord, pairs = "auto" } = options.policy ?? {};
    const known = claim && knownRoles.get(claim.id);
    const isPlain = claim?.mapping.every(({ role }) => known?.has(role) || scoreRoles.has(role)) === true;
    const decides = minMargin !== undefined || maxPairsPerRecord !== undefined || pairs !== "auto";
    return known !== undefined && isPlain && claim?.needsFlag === undefined && !decides
      ? new PlainLane(claim!, options)
      : undefined;
  }

  /** Takes a row, unless there is anything to be said about it. */
  add(row: PairwiseRow, encoder: PairBatchEncoder): boolean {
    const { at, issues } = row;
    const value = row.plain ?? row.value;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isObject || (issues !== undefined && issues.length > 0)) {
      return false;
    }
    const texts = this.#textsOf(value);
    const margin = texts && this.#marginOf(value);
    // Of scores that do not agree with the verdict a note is made.
    if (
      texts === undefined ||
      mayBeSame(texts.preferred, texts.nonPreferred) ||
      (margin !== undefined && !(margin > 0))
    ) {
      return false;
    }
    const pair = this.#pair;
    this.#row = row;
    pair.prompt = texts.prompt;
    pair.preferred = texts.preferred;
    pair.nonPreferred = texts.nonPreferred;
    pair.margin = margin;
    pair.ordinal = at.ordinal ?? 0;
    pair.line = at.line ?? 0;
    this.#setSystem(texts);
    encoder.addTextPair(pair);
    return true;
  }

  #textsOf(row: JsonObject): PlainTexts | undefined {
    const { prompt: promptColumn, preferred: better, nonPreferred: worse } = this.#columns;
    const beside = own(row, promptColumn);
    const [preferred, nonPreferred] = [own(row, better), own(row, worse)];
    if (this.#claim.id === "conversations") {
      const texts = textsOfConversations(preferred, nonPreferred);
      return texts && agrees(beside, texts.prompt) ? texts : undefined;
    }
    return isPlainText(beside) && isPlainText(preferred) && isPlainText(nonPreferred) && isPlainPrompt(beside)
      ? { prompt: beside, preferred, nonPreferred }
      : undefined;
  }

  #marginOf(row: JsonObject): number | undefined {
    const better = numberAt(row, columnOf(this.#claim, "preferred score"));
    const worse = numberAt(row, columnOf(this.#claim, "non_preferred score"));
    return better === undefined || worse === undefined ? undefined : better - worse;
  }

  #setSystem({ system }: PlainTexts): void {
    const joined: readonly TransformName[] =
      this.#claim.id === "conversations" ? ["repeated-prompt-removed", "repeated-prompt-removed"] : [];
    const given = system ?? this.#options.system;
    this.#pair.system = given;
    this.#pair.transforms = system === given ? joined : [...joined, "system-from-option"];
  }
}
