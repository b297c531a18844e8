import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { OutputRecord } from "../conversion-result.ts";
import type { OutputLayout } from "../output-layout.ts";
import { parseShardPath } from "../shard-name.ts";

/** The shards of the files of a layout that are there already, whoever wrote them. */
export async function shardsThere({ kind, lines }: OutputLayout): Promise<string[]> {
  if (kind !== "folder") {
    return [];
  }
  const folder = dirname(lines[0]!.path);
  const names = await readdir(folder).catch(() => []);
  const wholes = new Set(lines.map(({ path }) => path));
  return names
    .map((name) => `${withSlash(lines[0]!.path)}${name}`)
    .filter((path) => wholes.has(parseShardPath(path)?.whole ?? ""))
    .sort();
}

/** What would stand beside the files that were written as the same lines once more: shards, or the whole. */
export async function otherForms(layout: OutputLayout, written: readonly OutputRecord[]): Promise<string[]> {
  const splits = new Set(written.map(({ kind }) => kind));
  const wholes = layout.lines.filter(({ split }) => splits.has(split)).map(({ path }) => path);
  const shards = (await shardsThere(layout)).filter((path) => wholes.includes(parseShardPath(path)!.whole));
  return [...shards, ...(layout.kind === "folder" ? wholes : [])];
}

/** The folder of a path as it was written. */
function withSlash(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
