import type { PairPolicy } from "@dpo-kit/preference";
import type { ReadingRequest } from "../conversion-request.ts";

/** Which pairs a request asks for, of whatever format. */
export function policyOf({ pairs, minMargin, maxPairsPerRecord, ties }: ReadingRequest): PairPolicy {
  return {
    ...(pairs === undefined ? {} : { pairs }),
    ...(minMargin === undefined ? {} : { minMargin }),
    ...(maxPairsPerRecord === undefined ? {} : { maxPairsPerRecord }),
    ...(ties === undefined ? {} : { ties }),
  };
}
