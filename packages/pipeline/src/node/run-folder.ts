import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "@dpo-kit/schema";
import { parseManifest, type RunManifest } from "../run-manifest.ts";

/** What a finished run left in a folder. */
export interface RunFolder {
  readonly manifest: RunManifest;
  /** The files of pairs, in the order of the manifest. */
  readonly files: readonly RunFile[];
}

/** A file of pairs that a run wrote. */
export interface RunFile {
  readonly path: string;
  /** As the manifest has it: `train`, `validation`, `test`. */
  readonly kind: string;
}

/** Whether a path is a folder, which only a run's may be where files of pairs are asked for. */
export function isRunFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** The manifest at a path; undefined where there is none, or the run was not complete. */
export async function readManifest(path: string): Promise<RunManifest | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? undefined : parseManifest(text);
}

/** What a run writes beside its lines. */
const sideKinds: ReadonlySet<string> = new Set(["rejects", "removed", "unpaired", "provenance", "issues"]);

/**
 * The files of pairs in the folder of a finished run, all of them there and as long as the run left them.
 * @throws RUN_FOLDER_INCOMPLETE
 */
export async function readRunFolder(folder: string): Promise<RunFolder> {
  const manifest = await readManifest(join(folder, "manifest.json"));
  if (manifest === undefined) {
    throw incomplete(folder, "there is no manifest.json of a finished run in it");
  }
  const outputs = manifest.outputs.filter(
    ({ kind, name }) => !sideKinds.has(kind) && /\.jsonl(?:\.gz|\.zst)?$/u.test(name),
  );
  if (outputs.length === 0) {
    throw incomplete(folder, "its manifest names no file of pairs");
  }
  const files: RunFile[] = [];
  for (const { kind, name, bytes } of outputs) {
    const path = join(folder, name);
    const size = await stat(path).then(
      (found) => found.size,
      () => undefined,
    );
    if (size !== bytes) {
      throw incomplete(folder, size === undefined ? `${name} is missing` : `${name} was changed since`);
    }
    files.push({ path, kind });
  }
  return { manifest, files };
}

function incomplete(folder: string, why: string): DataError {
  return new DataError("RUN_FOLDER_INCOMPLETE", {
    message: `${folder} is not the folder of a finished run: ${why}`,
    location: { source: folder },
  });
}
