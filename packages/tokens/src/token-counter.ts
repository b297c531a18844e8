import type { DpoExample } from "@dpo-kit/schema";
import { chooseEncoding, type EncodingChoice } from "./encoding/choose-encoding.ts";
import type { EncodingName } from "./encoding/encoding-name.ts";
import { guardLongRuns } from "./encoding/guard-long-runs.ts";
import { createTextCounter } from "./encoding/text-counter.ts";
import { countExampleTokens, type ExampleTokens } from "./example/count-example.ts";
import { countLineTokens, type EncodedLines, type LineTokens } from "./example/count-lines.ts";

/** Counts in one encoding, in this thread. Counts are exact, never estimated. */
export interface TokenCounter {
  readonly encoding: EncodingName;
  /**
   * The tokens of a text as it stands; what looks like a special token is ordinary text.
   *
   * @throws TOKENS_RUN_TOO_LONG
   */
  countTokens(text: string): number;
  /**
   * The tokens of an example, with the chat format.
   *
   * @throws TOKENS_RUN_TOO_LONG
   */
  countExample(example: DpoExample): ExampleTokens;
  /**
   * The tokens of canonical lines, such as those of a `PairBatch`.
   *
   * @throws TOKENS_RUN_TOO_LONG
   */
  countLines(lines: EncodedLines): LineTokens;
}

/**
 * Loads an encoding (some 100 ms, once) and gives the counter for it.
 *
 * @throws TOKENS_ENCODING_UNKNOWN
 */
export async function createTokenCounter(choice: EncodingChoice): Promise<TokenCounter> {
  const encoding = chooseEncoding(choice);
  const countTokens = guardLongRuns(await createTextCounter(encoding));
  return {
    encoding,
    countTokens,
    countExample: ({ input, preferred_output, non_preferred_output }) =>
      countExampleTokens(
        {
          messages: input.messages,
          tools: input.tools ?? [],
          preferred: preferred_output,
          nonPreferred: non_preferred_output,
        },
        countTokens,
      ),
    countLines: (lines) => countLineTokens(lines, countTokens),
  };
}
