import type { DpoExample, Location, TransformName } from "@dpo-kit/schema";
import type { TextSource } from "../line/message-writer.ts";
import type { TextParts } from "../line/pair-writer.ts";
import type { OriginalRecord, PairsOutcome, Provenance } from "../outcome.ts";

/**
 * A record that is one pair of plain texts, for converters whose cells are UTF-8 in a buffer: the line is made
 * from the bytes, with no string between. The texts are valid UTF-8, not blank, and the answers differ.
 *
 * One object may be used again and again: nothing of it is kept, and the methods are called only where a
 * pair is to be reported on.
 */
export interface TextPair extends TextParts {
  /** The record's place among the source's records, from 0. */
  ordinal: number;
  /** The physical line it begins at, from 1; 0 where the source has no lines. */
  line: number;
  rule: string;
  transforms: readonly TransformName[];
  margin?: number | undefined;
  provenance?: Provenance | undefined;
  /** The record's place, with `ordinal` and `line`. */
  locate(): Location;
  /** The original record, for the rejects file. */
  record?(): OriginalRecord;
}

/** The same record for the object road. */
export function outcomeOfTexts(pair: TextPair): PairsOutcome {
  const { rule, transforms, margin, provenance } = pair;
  const record = pair.record?.();
  return {
    kind: "pairs",
    at: pair.locate(),
    pairs: [
      {
        example: exampleOfTexts(pair),
        rule,
        transforms,
        ...(margin === undefined ? {} : { margin }),
        ...(provenance === undefined ? {} : { provenance }),
      },
    ],
    dropped: [],
    ...(record === undefined ? {} : { record }),
  };
}

/** The example of plain texts. */
export function exampleOfTexts({ system, prompt, preferred, nonPreferred }: TextParts): DpoExample {
  return {
    input: {
      messages: [
        ...(system === undefined ? [] : [{ role: "system", content: textOf(system) } as const]),
        { role: "user", content: textOf(prompt) },
      ],
    },
    preferred_output: [{ role: "assistant", content: textOf(preferred) }],
    non_preferred_output: [{ role: "assistant", content: textOf(nonPreferred) }],
  };
}

function textOf(text: TextSource): string {
  return typeof text === "string" ? text : utf8.decode(text.bytes.subarray(text.start, text.end));
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
