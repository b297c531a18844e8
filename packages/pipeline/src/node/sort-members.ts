import type { SourceMember } from "../source-set.ts";

/** Members by their paths, in UTF-16 code units. */
export function sortMembers(members: readonly SourceMember[]): SourceMember[] {
  return members.toSorted((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
}
