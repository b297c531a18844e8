import { type DecodedText, decodeText, peekChunks, readChunks, readJsonArray } from "@dpo-kit/io";
import { nodeDecompressors } from "@dpo-kit/io/node";
import type { SourceMember, SourceSet } from "../source-set.ts";

/** How much of one file, and of all files together, a preview looks at; in bytes. */
const PREVIEWED_OF_FILE = 4 * 1024 * 1024;
const PREVIEWED_OF_ALL = 32 * 1024 * 1024;

/** The beginnings of the files of a set: what reads a set to its end before it tells anything is soon done with it. */
export interface SetBeginning {
  readonly set: SourceSet;
  /** Whether nothing was left out of what has been read so far. */
  isComplete(): boolean;
}

/**
 * The beginnings of the files that are read of a set. Of more than can be looked at the small ones are taken: what
 * stands beside conversations is small.
 */
export function beginningOf(set: SourceSet, files?: readonly string[]): SetBeginning {
  const read = files === undefined ? set.members : membersOf(set, new Set(files));
  const members = smallMembers(read);
  let isCut = false;
  const onCut = (): void => {
    isCut = true;
  };
  const shorten = (member: SourceMember): SourceMember => ({
    ...member,
    open: (options) => beginningOfMember(member, { ...options, onCut }),
  });
  return {
    set: { ...set, members: members.map(shorten) },
    isComplete: () => !isCut && members.length === read.length,
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
  const { chunks, kind } = await decodeText(member.open(given), options);
  const { chunks: all, complete, head } = await peekChunks(chunks, PREVIEWED_OF_FILE);
  const whole = complete ? undefined : await wholeRecords(head, kind);
  if (whole === undefined) {
    yield* all;
    return;
  }
  await all.return();
  onCut();
  yield* whole;
}

/** The records that are whole in the beginning of a text; undefined where that is one record, or not even one. */
async function wholeRecords(head: Uint8Array, kind: DecodedText["kind"]): Promise<Uint8Array[] | undefined> {
  if (kind === "json-array") {
    const end = await endOfElements(head);
    return end === 0 ? undefined : [head.subarray(0, end), new TextEncoder().encode("]")];
  }
  const lines = head.subarray(0, head.lastIndexOf(LINE_FEED) + 1);
  return lines.length === 0 || isOneDocument(lines) ? undefined : [lines];
}

const LINE_FEED = 0x0a;

async function endOfElements(head: Uint8Array): Promise<number> {
  let end = 0;
  for await (const { byteLength, byteOffset, value } of readJsonArray(readChunks(head))) {
    end = value === undefined ? end : byteOffset + byteLength;
  }
  return end;
}

/** Whether one JSON object goes over the lines of a text: the second line begins none. */
function isOneDocument(lines: Uint8Array): boolean {
  const start = new TextDecoder().decode(lines.subarray(0, lines.indexOf(LINE_FEED) + 100)).trimStart();
  return /^\{[^\n]*\n\s*[^{\s]/u.test(start);
}
