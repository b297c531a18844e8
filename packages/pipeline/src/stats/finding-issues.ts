import { createIssue, type Issue, type IssueCode, type Location } from "@dpo-kit/schema";
import type { Finding, PairPlace } from "@dpo-kit/stats";

/** What was found at one place of a dataset. */
export interface PlacedFinding {
  readonly code: IssueCode;
  readonly place: PairPlace;
  /** In one sentence, without a full stop. */
  readonly message: string;
  /** As it may be shown: of a secret its first characters. */
  readonly found?: string;
}

/** An issue at the place of a finding. `sources` are the names of the files by their number. */
export function placedIssue(
  { code, place, message, found }: PlacedFinding,
  sources: readonly string[],
): Issue {
  return createIssue(code, {
    location: placeLocation(place, sources),
    message,
    ...(found === undefined ? {} : { found }),
  });
}

/** The issue of a finding that is about the dataset as a whole. */
export function wholeIssue({ code, message }: Finding, sources: readonly string[]): Issue {
  return createIssue(code, { location: { source: sources.join(", ") }, message });
}

/** Where a pair is. */
export function placeLocation({ sourceId, ordinal, line }: PairPlace, sources: readonly string[]): Location {
  return { source: sources[sourceId]!, ordinal, ...(line === 0 ? {} : { line }) };
}
