import { type ChatDetection, detectChat, type FileSample, sampleChatText } from "@dpo-kit/chat";
import { decodeText } from "@dpo-kit/io";
import { nodeDecompressors } from "@dpo-kit/io/node";
import { DataError } from "@dpo-kit/schema";
import { isChatFormat } from "../formats/chat-pipeline-format.ts";
import type { FoundSource, SourceSet } from "../source-set.ts";

/**
 * Joins files of chat logs that were given side by side and tell of each other, such as conversations and the
 * feedback on them: they become one source, in the place of the first. All others stay as they are.
 */
export async function groupFiles(sources: readonly FoundSource[], from?: string): Promise<FoundSource[]> {
  const files = sources.filter(({ rereadable, set }) => rereadable && set === undefined);
  if (files.length < 2 || (from !== undefined && !isChatFormat(from))) {
    return [...sources];
  }
  const samples: FileSample[] = [];
  for (const file of files) {
    samples.push(await sampleFile(file));
  }
  const detection = detectChat(samples, from === undefined || from === "chat" ? {} : { from });
  return groupsIn(detection).reduce(joinGroup, [...sources]);
}

async function sampleFile(file: FoundSource): Promise<FileSample> {
  try {
    const text = await decodeText(file.open(), { source: file.name, decompressors: nodeDecompressors });
    await text.chunks.return();
    return sampleChatText(file.name, new TextDecoder().decode(text.head));
  } catch (error) {
    if (DataError.isInstance(error)) {
      return { name: file.name, layout: "other", values: [], columns: [] };
    }
    throw error;
  }
}

/** The names of the files of each format that has files of more than one role. */
function groupsIn({ formats }: ChatDetection): Set<string>[] {
  return formats
    .filter(({ files }) => new Set(files.map(({ role }) => role)).size > 1)
    .map(({ files }) => new Set(files.map(({ name }) => name)));
}

function joinGroup(sources: FoundSource[], names: ReadonlySet<string>): FoundSource[] {
  const members = sources.filter(({ name }) => names.has(name));
  const joined = joinedSource(members);
  return sources.flatMap((source) =>
    source === members[0] ? [joined] : names.has(source.name) ? [] : [source],
  );
}

function joinedSource(members: readonly FoundSource[]): FoundSource {
  const [first] = members;
  const set: SourceSet = {
    name: members.map(({ name }) => name).join(" + "),
    kind: "files",
    members: members.map((member) => ({ ...member, path: member.baseName })),
  };
  const sizes = members.map(({ size }) => size);
  return {
    name: set.name,
    baseName: members.map(({ baseName }) => baseName).join(" + "),
    ...(sizes.includes(undefined) ? {} : { size: sizes.reduce<number>((sum, size) => sum + size!, 0) }),
    rereadable: first!.rereadable,
    async *open() {},
    set,
  };
}
