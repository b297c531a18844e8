import type { ReadingRequest } from "../conversion-request.ts";
import type { SourceSet } from "../source-set.ts";
import { formats } from "./formats.ts";
import type { PipelineFormat, SetFormat } from "./pipeline-format.ts";

/** The format that takes a folder or an archive as a whole, and why. */
export interface ClaimedSet {
  readonly format: PipelineFormat;
  readonly sets: SetFormat;
  readonly why: string;
  /** See `FormatClaim`. */
  readonly lastResort?: boolean;
}

/**
 * The format that takes a set most surely; with `--from` no other than that one. Undefined where the members are to
 * be read one by one.
 */
export async function claimSet(set: SourceSet, request: ReadingRequest): Promise<ClaimedSet | undefined> {
  const { from } = request;
  const claims = formats.flatMap(({ sets, ...format }) => {
    const isMeant =
      from === undefined || format.id === from || format.variants?.some(({ id }) => id === from);
    return sets === undefined || !isMeant ? [] : [claimOf({ ...format, sets }, sets, { set, request })];
  });
  const [best] = (await Promise.all(claims)).sort((one, other) => other.confidence - one.confidence);
  return best !== undefined && best.confidence > 0 ? best : undefined;
}

async function claimOf(
  format: PipelineFormat,
  sets: SetFormat,
  { set, request }: { set: SourceSet; request: ReadingRequest },
): Promise<ClaimedSet & { confidence: number }> {
  return { format, sets, ...(await sets.claim(set, request)) };
}
