import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Name and SHA-256 of each file of a folder, but those that say by their name that they are unfinished. */
export async function finishedFiles(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder)).filter((name) => /\.jsonl?(?:\.gz)?$/u.test(name)).sort();
  const digests = names.map(async (name): Promise<[string, string]> => {
    const bytes = await readFile(join(folder, name));
    return [name, createHash("sha256").update(bytes).digest("hex")];
  });
  return new Map(await Promise.all(digests));
}

interface Manifest {
  readonly complete: boolean;
  readonly outputs: readonly { readonly name: string; readonly bytes: number }[];
}

/** Whether an output looks complete: its manifest is there, and every file it names is there in its size. */
export async function isComplete(folder: string, manifestName: string = "manifest.json"): Promise<boolean> {
  const manifest = await readManifest(join(folder, manifestName));
  if (manifest === undefined || !manifest.complete) {
    return false;
  }
  const sizes = await Promise.all(
    manifest.outputs.map(async ({ name, bytes }) => (await sizeOf(join(folder, name))) === bytes),
  );
  return sizes.every(Boolean);
}

async function readManifest(path: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return readFile(path).then(
    ({ length }) => length,
    () => undefined,
  );
}
