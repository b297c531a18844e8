import { readdir } from "node:fs/promises";
import { createFileProvider } from "@dpo-kit/io/node";
import { DataError } from "@dpo-kit/schema";
import type { SourceMember, SourceSet } from "../source-set.ts";
import { sortMembers } from "./sort-members.ts";

/** A folder of more files is asked to be named by parts. */
const mostFiles = 10_000;

/**
 * The files of a folder and of the folders in it. What is hidden is left out; links to other folders are not followed.
 * @throws IO_UNREADABLE
 */
export async function folderSet(folder: string, signal?: AbortSignal): Promise<SourceSet> {
  const top = folder.replace(/(?<=.)[/\\]+$/u, "");
  const paths = await filesIn(top, "");
  const provider = createFileProvider();
  const members = paths.map(async (path): Promise<SourceMember> => {
    const [file] = await provider.resolve(`${top}/${path}`, signal === undefined ? {} : { signal });
    return { ...file!, path };
  });
  return { name: folder, kind: "folder", members: sortMembers(await Promise.all(members)) };
}

async function filesIn(top: string, inside: string, found: string[] = []): Promise<string[]> {
  const entries = await readdir(`${top}/${inside}`, { withFileTypes: true }).catch((cause) => {
    throw new DataError("IO_UNREADABLE", {
      message: `The folder ${top}/${inside} cannot be read`,
      location: { source: top },
      cause,
    });
  });
  for (const entry of entries.filter(({ name }) => !name.startsWith("."))) {
    const path = `${inside}${entry.name}`;
    if (entry.isDirectory()) {
      await filesIn(top, `${path}/`, found);
    } else if (entry.isFile() || entry.isSymbolicLink()) {
      found.push(path);
    }
    if (found.length > mostFiles) {
      throw new DataError("IO_UNREADABLE", {
        message: `${top} holds more than ${mostFiles} files`,
        location: { source: top },
        hint: `Name the files in it with a pattern in quotes: "${top}/*.jsonl"`,
      });
    }
  }
  return found;
}
