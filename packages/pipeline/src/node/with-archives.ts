import { DataError } from "@dpo-kit/schema";
import type { SourceMember, SourceSet } from "../source-set.ts";
import { sortMembers } from "./sort-members.ts";
import { zipSet } from "./zip-set.ts";

/** A folder, with what is in its archives. */
export interface UnpackedSet {
  readonly set: SourceSet;
  /** Why an archive could not be opened; it stands in the set as one file. */
  readonly damage?: DataError;
}

const archive = /\.zip$/iu;

/** Puts the files of the zip archives in a folder in their places: services hand out one export in several. */
export async function withArchives(set: SourceSet, signal?: AbortSignal): Promise<UnpackedSet> {
  const members: SourceMember[] = [];
  let damage: DataError | undefined;
  for (const member of set.members) {
    const inside = archive.test(member.path) ? await membersOf(member, signal) : [member];
    damage ??= DataError.isInstance(inside) ? inside : undefined;
    members.push(...(DataError.isInstance(inside) ? [member] : inside));
  }
  return { set: { ...set, members: sortMembers(members) }, ...(damage === undefined ? {} : { damage }) };
}

async function membersOf(
  member: SourceMember,
  signal: AbortSignal | undefined,
): Promise<SourceMember[] | DataError> {
  try {
    const inside = await zipSet(member, signal);
    return inside?.members.map((each) => ({ ...each, path: `${member.path}/${each.path}` })) ?? [member];
  } catch (error) {
    if (DataError.isInstance(error)) {
      return error;
    }
    throw error;
  }
}
