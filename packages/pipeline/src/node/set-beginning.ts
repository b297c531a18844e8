import { decodeText } from "@dpo-kit/io";
import { nodeDecompressors } from "@dpo-kit/io/node";
import type { Outcome } from "@dpo-kit/preference";
import type { SourceMember, SourceSet } from "../source-set.ts";

/** How much of one file, and of all files together, a preview looks at; in bytes. */
const PREVIEWED_OF_FILE = 4 * 1024 * 1024;
const PREVIEWED_OF_ALL = 32 * 1024 * 1024;

/** The beginnings of the files of a set: what reads a set to its end before it tells anything is soon done with it. */
export interface SetBeginning {
  readonly set: SourceSet;
  /** Whether nothing was left out of what has been read so far. */
  isComplete(): boolean;
  /** Leaves out the records that are damaged only because their file ends too early. */
  judge(outcomes: AsyncIterable<Outcome>): AsyncGenerator<Outcome, void, undefined>;
}

/**
 * The beginnings of the files that are read of a set. Of more than can be looked at the small ones are taken: what
 * stands beside conversations is small.
 */
export function beginningOf(set: SourceSet, files?: readonly string[]): SetBeginning {
  const read = files === undefined ? set.members : membersOf(set, new Set(files));
  const members = smallMembers(read);
  const cut = new Set<string>();
  const shorten = (member: SourceMember): SourceMember => ({
    ...member,
    open: (options) => beginningOfMember(member, { ...options, onCut: () => cut.add(member.name) }),
  });
  return {
    set: { ...set, members: members.map(shorten) },
    isComplete: () => cut.size === 0 && members.length === read.length,
    judge: (outcomes) => withoutLastDamaged(outcomes, cut),
  };
}

function membersOf({ members }: SourceSet, names: ReadonlySet<string>): readonly SourceMember[] {
  return members.filter(({ name }) => names.has(name));
}

function smallMembers(members: readonly SourceMember[]): SourceMember[] {
  const lengthOf = ({ size = PREVIEWED_OF_FILE }: SourceMember): number => Math.min(size, PREVIEWED_OF_FILE);
  const small = new Set<SourceMember>();
  let left = PREVIEWED_OF_ALL;
  for (const member of [...members].sort((one, other) => lengthOf(one) - lengthOf(other))) {
    left -= lengthOf(member);
    if (left < 0) {
      break;
    }
    small.add(member);
  }
  return members.filter((member) => small.has(member));
}

/** Decoded first: what is compressed cannot be cut. */
async function* beginningOfMember(
  member: SourceMember,
  { onCut, signal }: { onCut: () => void; signal?: AbortSignal },
): AsyncGenerator<Uint8Array, void, undefined> {
  const given = signal === undefined ? {} : { signal };
  const options = { source: member.name, decompressors: nodeDecompressors, ...given };
  const { chunks } = await decodeText(member.open(given), options);
  let left = PREVIEWED_OF_FILE;
  for await (const chunk of chunks) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left < 0) {
      onCut();
      return;
    }
  }
}

/** Holds each rejected record back until its file goes on. */
async function* withoutLastDamaged(
  outcomes: AsyncIterable<Outcome>,
  cut: ReadonlySet<string>,
): AsyncGenerator<Outcome, void, undefined> {
  const held = new Map<string, Outcome>();
  for await (const outcome of outcomes) {
    const { source } = outcome.at;
    const before = held.get(source);
    if (before !== undefined) {
      held.delete(source);
      yield before;
    }
    if (outcome.kind === "rejected") {
      held.set(source, outcome);
    } else {
      yield outcome;
    }
  }
  for (const [source, outcome] of held) {
    if (!cut.has(source)) {
      yield outcome;
    }
  }
}
