import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { JsonObject } from "@dpo-kit/schema";
import { temporaryFolder } from "@dpo-kit/testkit";

/** A folder of a test's own, with the files it needs. */
export interface Workspace {
  readonly folder: string;
  path(name: string): string;
  write(name: string, content: string | Uint8Array): Promise<string>;
  read(name: string): Promise<string>;
  readJson(name: string): Promise<JsonObject>;
  /** Parsed lines of a JSON Lines file. */
  readLines(name: string): Promise<JsonObject[]>;
  /** Names of all that is there, hidden ones too, in order. */
  list(name?: string): Promise<string[]>;
}

/** Makes a folder with files, removed after the test. */
export async function workspace(files: Record<string, string | Uint8Array> = {}): Promise<Workspace> {
  const folder = await temporaryFolder();
  const path = (name: string) => join(folder, name);
  const made: Workspace = {
    folder,
    path,
    async write(name, content) {
      await mkdir(dirname(path(name)), { recursive: true });
      await writeFile(path(name), content);
      return path(name);
    },
    read: (name) => readFile(path(name), "utf8"),
    readJson: async (name) => JSON.parse(await made.read(name)),
    readLines: async (name) =>
      (await made.read(name))
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
    list: async (name = ".") => (await readdir(path(name))).sort(),
  };
  for (const [name, content] of Object.entries(files)) {
    await made.write(name, content);
  }
  return made;
}
