import { type TargetId, targets } from "@dpo-kit/schema";
import type { ShardSize } from "./options/parse-option.ts";

/**
 * The largest file of lines that is written, in bytes; undefined for any size. Where nobody says a size it is the
 * largest file that all targets that were asked for take, by their documentation.
 */
export function shardBytes(request: {
  readonly shardSize?: ShardSize | undefined;
  readonly target?: readonly TargetId[] | undefined;
}): number | undefined {
  const { shardSize = request.target === undefined ? "off" : "target", target = ["openai"] } = request;
  if (shardSize === "off" || typeof shardSize === "number") {
    return shardSize === "off" ? undefined : shardSize;
  }
  const limits = targets.flatMap(({ id, largestFile }) =>
    largestFile !== undefined && target.includes(id) ? [largestFile] : [],
  );
  return limits.length === 0 ? undefined : Math.min(...limits);
}
