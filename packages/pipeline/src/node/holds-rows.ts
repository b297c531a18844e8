import { decodeText } from "@dpo-kit/io";
import { nodeDecompressors } from "@dpo-kit/io/node";
import { DataError } from "@dpo-kit/schema";
import type { ReadingRequest } from "../conversion-request.ts";
import { formats } from "../formats/formats.ts";
import type { SourceMember, SourceSet } from "../source-set.ts";

/** How surely a format must claim a file for it to hold rows with preferences: all other rows are claimed less. */
const SURE = 0.5;

/** Whether any of the data files of a set holds rows with preferences, or may hold them. */
export async function holdsRows({ members }: SourceSet, request: ReadingRequest): Promise<boolean> {
  const { formatRank } = await import("@dpo-kit/hub");
  for (const member of members.filter(({ path }) => formatRank(path) !== undefined)) {
    if (binary.test(member.path) || (await areRows(member, request))) {
      return true;
    }
  }
  return false;
}

/** Tables, which only reading them tells of. */
const binary = /\.(?:parquet|arrow)$/iu;

async function areRows(member: SourceMember, request: ReadingRequest): Promise<boolean> {
  try {
    const text = await decodeText(member.open(), { source: member.name, decompressors: nodeDecompressors });
    await text.chunks.return();
    const claims = formats
      .filter(({ sets }) => sets === undefined)
      .map((format) => format.detect(text, request));
    return (await Promise.all(claims)).some(({ confidence }) => confidence > SURE);
  } catch (error) {
    if (DataError.isInstance(error)) {
      return false;
    }
    throw error;
  }
}
