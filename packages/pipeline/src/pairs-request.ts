import type { ConversionRequest, RewritingRequest } from "./conversion-request.ts";

/** What all runs that write pairs are asked: what only some of them read is absent in the others. */
export type PairsRequest = RewritingRequest &
  Partial<Pick<ConversionRequest, "lean" | "unpaired" | "export">>;
