import { stat } from "node:fs/promises";
import type { InputSource } from "@dpo-kit/io";
import type { ReadingRequest, RunEnvironment } from "../conversion-request.ts";
import { claimSet } from "../formats/claim-set.ts";
import type { FoundSource, SourceSet } from "../source-set.ts";
import { chooseMembers } from "./choose-members.ts";
import { findSources, refuseTwoStreams } from "./find-sources.ts";
import { folderSet } from "./folder-set.ts";
import { groupFiles } from "./group-files.ts";
import { holdsRows } from "./holds-rows.ts";
import { type UnpackedSet, withArchives } from "./with-archives.ts";
import { zipSet } from "./zip-set.ts";

/**
 * The sources that the inputs name, in the order given, for reading records: a folder or a zip archive is one source
 * where a format takes it as a whole, else as many as the files of it that are read.
 *
 * @throws what `findSources` and `chooseMembers` throw; IO_ZIP_DAMAGED
 */
export async function findRecordSources(
  request: ReadingRequest,
  environment: RunEnvironment,
): Promise<FoundSource[]> {
  refuseTwoStreams(request.inputs);
  const found: FoundSource[] = [];
  for (const input of request.inputs) {
    if (await isFolder(input)) {
      const set = await folderSet(input, environment.signal);
      const unpacked = await withArchives(set, environment.signal);
      found.push(...(await sourcesOfSet(set, folderSource(set), { request, unpacked })));
      continue;
    }
    for (const source of await findSources({ ...request, inputs: [input] }, environment)) {
      const set = await zipSet(source, environment.signal);
      found.push(...(set === undefined ? [source] : await sourcesOfSet(set, source, { request })));
    }
  }
  return groupFiles(found, request.from);
}

async function sourcesOfSet(
  set: SourceSet,
  whole: InputSource,
  { request, unpacked = { set } }: { request: ReadingRequest; unpacked?: UnpackedSet },
): Promise<FoundSource[]> {
  if (request.member !== undefined || !(await isTaken(unpacked.set, request))) {
    return chooseMembers(set, request);
  }
  if (unpacked.damage !== undefined) {
    throw unpacked.damage;
  }
  return [{ ...whole, set: unpacked.set }];
}

/** Whether a format takes a set as a whole. */
async function isTaken(set: SourceSet, request: ReadingRequest): Promise<boolean> {
  const claimed = await claimSet(set, request);
  return claimed !== undefined && !(claimed.lastResort === true && (await holdsRows(set, request)));
}

async function isFolder(input: string): Promise<boolean> {
  return stat(input).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** A folder as a source: all there is to read of it is its members. */
function folderSource({ name, members }: SourceSet): InputSource {
  const sizes = members.map(({ size = 0 }) => size);
  return {
    name,
    baseName: name.replace(/[/\\]+$/u, "").replace(/^.*[/\\]/su, ""),
    size: sizes.reduce((sum, size) => sum + size, 0),
    rereadable: true,
    async *open() {},
  };
}
