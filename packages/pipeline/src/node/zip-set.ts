import { type InputSource, peekChunks, readZip, sniffBytes, type ZipMember } from "@dpo-kit/io";
import { DataError } from "@dpo-kit/schema";
import type { SourceMember, SourceSet } from "../source-set.ts";
import { sortMembers } from "./sort-members.ts";

/** What systems add to archives by themselves. */
const addedMember = /(?:^|\/)(?:__MACOSX\/|\.[^/]*$|Thumbs\.db$|desktop\.ini$)/u;

/** Enough to see what an archive is of. */
const headBytes = 4096;

/**
 * The files of a zip archive that can be read at any place; undefined where a source is none.
 * @throws IO_ZIP_DAMAGED, also where two members have the same name; IO_UNREADABLE
 */
export async function zipSet(input: InputSource, signal?: AbortSignal): Promise<SourceSet | undefined> {
  const options = signal === undefined ? {} : { signal };
  if (input.openRandomAccess === undefined || !(await isZip(input, options))) {
    return undefined;
  }
  const file = await input.openRandomAccess(options);
  try {
    const members = await readZip(file, { source: input.name });
    const kept = members.filter(({ name }) => !addedMember.test(name));
    refuseRepeatedNames(kept, input.name);
    return { name: input.name, kind: "zip", members: sortMembers(kept.map((each) => memberOf(input, each))) };
  } finally {
    await file.close();
  }
}

/** Of two members of one name none can be asked for, and tools that unpack leave only one of them. */
function refuseRepeatedNames(members: readonly ZipMember[], source: string): void {
  const names = new Set<string>();
  for (const { name } of members) {
    if (names.has(name)) {
      throw new DataError("IO_ZIP_DAMAGED", {
        message: `Two members of the zip archive have the same name: ${name.slice(0, 200)}`,
        location: { source },
        hint: "Unpack it, look which of them is meant, and give the files.",
      });
    }
    names.add(name);
  }
}

/**
 * Spreadsheets are archives too, and are told of as what they are. Read as a stream: a remote source keeps its
 * beginning from there, and fetches it once.
 */
async function isZip(input: InputSource, options: { signal?: AbortSignal }): Promise<boolean> {
  const { chunks, head } = await peekChunks(input.open(options), headBytes);
  await chunks.return();
  return sniffBytes(head) === "zip";
}

function memberOf(archive: InputSource, { name, size }: ZipMember): SourceMember {
  return {
    name: `${archive.name}/${name}`,
    baseName: name.slice(name.lastIndexOf("/") + 1),
    path: name,
    size,
    rereadable: true,
    open: (options) => openMember(archive, name, options),
  };
}

/** The archive is opened for as long as one member is read: a set holds nothing open. */
async function* openMember(
  archive: InputSource,
  name: string,
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await archive.openRandomAccess!(options);
  try {
    const members = await readZip(file, { source: archive.name });
    yield* members.find((member) => member.name === name)!.open(options);
  } finally {
    await file.close();
  }
}
