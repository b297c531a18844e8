import { DataError } from "@dpo-kit/schema";
import type { EncodingChoice, EncodingName } from "@dpo-kit/tokens";

/** What tokens are counted in; one of the two, or neither. */
export interface TokenRequest {
  /** The model that is to be trained. */
  readonly model?: string;
  /** Default `o200k_base`. */
  readonly tokenEncoding?: string;
}

/** The encoding of the models that are trained today. */
export const DEFAULT_TOKEN_ENCODING: EncodingName = "o200k_base";

/**
 * The encoding of a request as the counters take it: they refuse a name that is none.
 * @throws RUN_OPTION_INVALID where both are given
 */
export function encodingChoice({ model, tokenEncoding: given }: TokenRequest): EncodingChoice {
  if (model !== undefined && given !== undefined) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: "--model and --token-encoding both say what tokens are counted in",
      hint: "Leave one of them out.",
    });
  }
  const tokenEncoding = given ?? DEFAULT_TOKEN_ENCODING;
  return model === undefined ? { encoding: tokenEncoding as EncodingName } : { model };
}
