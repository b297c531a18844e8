import { type FileFacts, type Issue, type TargetId, targets, validateFile } from "@dpo-kit/schema";
import type { Acceptance, OutputRecord } from "../conversion-result.ts";

/** How many of the written lines each provider takes, and what it would say of the file as a whole. */
export function acceptanceOf(
  ids: readonly TargetId[],
  accepted: readonly number[],
  outputs: readonly OutputRecord[],
): Acceptance[] {
  const train = outputs.filter(({ kind }) => kind === "train");
  return ids.map((id, index) => ({
    target: id,
    title: targets.find((target) => target.id === id)?.title ?? id,
    lines: accepted[index]!,
    notes: oncePerCode(train.flatMap((file) => validateFile(factsOf(file), [id], { source: file.path }))),
  }));
}

/** Of shards the first that breaks a rule stands for all. */
function oncePerCode(issues: readonly Issue[]): Issue[] {
  return issues.filter((issue, at) => issues.findIndex(({ code }) => code === issue.code) === at);
}

function factsOf({ lines, bytes }: OutputRecord): FileFacts {
  return { lines, bytes, hasByteOrderMark: false, blankLines: 0, crlf: false };
}
