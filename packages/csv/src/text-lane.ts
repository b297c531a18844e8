import {
  isBlankSpan,
  mayBeSameComposed,
  type PairBatchEncoder,
  sameTrimmed,
  type TextPair,
} from "@dpo-kit/batch";
import type { PairPolicy } from "@dpo-kit/preference";
import type { TransformName } from "@dpo-kit/schema";
import type { CsvPlan } from "./csv-plan.ts";
import type { RecordCursor } from "./record-cursor.ts";

/** The scratch that unescaped cells are put into: one for each cell of a pair. */
const slots = { prompt: 0, preferred: 1, nonPreferred: 2, system: 3 } as const;

/**
 * The way of records whose cells are all plain text: from the bytes of the cells to the bytes of the line, with
 * no strings between. It takes a record only if nothing is to be said about it; all others go by
 * `RecordConverter`, which is the reference: for a record that both could take they give the same line.
 */
export class TextLane {
  private readonly plan: CsvPlan;
  private readonly cursor: RecordCursor;
  private readonly pair: TextPair;
  private readonly transforms: readonly TransformName[];

  constructor(plan: CsvPlan, cursor: RecordCursor) {
    this.plan = plan;
    this.cursor = cursor;
    this.transforms = plan.encoding === "utf-8" ? [] : ["encoding-to-utf-8"];
    this.pair = {
      prompt: "",
      preferred: "",
      nonPreferred: "",
      ordinal: 0,
      line: 0,
      rule: "given",
      transforms: this.transforms,
      locate: () => cursor.location,
      record: () => cursor.original(),
    };
  }

  /** Whether the records of a plan can go this way at all. */
  static isFor({ columns, promptFrom }: CsvPlan, policy: PairPolicy = {}): boolean {
    const { prompt, preferred, nonPreferred, messages, tools } = columns;
    const isPlain = [prompt, preferred, nonPreferred].every((column) => column?.structured === false);
    const decides = policy.minMargin !== undefined || policy.maxPairsPerRecord !== undefined;
    return promptFrom === "column" && isPlain && messages === undefined && tools === undefined && !decides;
  }

  /** Takes the record the cursor stands at, unless there is anything to be said about it. */
  add(encoder: PairBatchEncoder): boolean {
    const { cursor, pair } = this;
    const { columns } = this.plan;
    if (!cursor.isSound) {
      return false;
    }
    const prompt = cursor.bytesOf(columns.prompt!.index, slots.prompt);
    const preferred = cursor.bytesOf(columns.preferred!.index, slots.preferred);
    const nonPreferred = cursor.bytesOf(columns.nonPreferred!.index, slots.nonPreferred);
    const isEmpty = isBlankSpan(prompt) || isBlankSpan(preferred) || isBlankSpan(nonPreferred);
    if (isEmpty || sameTrimmed(preferred, nonPreferred) || mayBeSameComposed(preferred, nonPreferred)) {
      return false;
    }
    pair.prompt = prompt;
    pair.preferred = preferred;
    pair.nonPreferred = nonPreferred;
    pair.ordinal = cursor.ordinal;
    pair.line = cursor.line;
    this.setSystem();
    encoder.addTextPair(pair);
    return true;
  }

  private setSystem(): void {
    const { pair, plan, transforms } = this;
    const { system } = plan.columns;
    const span = system && this.cursor.bytesOf(system.index, slots.system);
    if (span !== undefined && !isBlankSpan(span)) {
      pair.system = span;
      pair.transforms = [...transforms, "system-from-column"];
    } else if (plan.system !== undefined) {
      pair.system = plan.system;
      pair.transforms = [...transforms, "system-from-option"];
    } else {
      pair.system = undefined;
      pair.transforms = transforms;
    }
  }
}
