import { mkdir, realpath, rename, rmdir, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DataError } from "@dpo-kit/schema";
import { fileError, hasErrorCode } from "./file-error.ts";
import {
  forgetPartial,
  type OutputFile,
  type OutputFileOptions,
  openPartialFile,
  type PartialFile,
  type WrittenFile,
} from "./output-file.ts";

/** How an output is opened. */
export interface OpenOutputOptions extends OutputFileOptions {
  /** Its name is given later, so that it does not matter whether there is a file of this one. Default: false. */
  isProvisional?: boolean;
}

/** How outputs get their names. */
export interface CommitOptions {
  /** The file that is named last and so says that all are complete: the manifest. */
  last?: string;
  /** Files that an earlier run wrote and that must not be left beside the new ones. Removed only with `force`. */
  remove?: readonly string[];
}

/** The outputs of one run: all of them come to be, or none. */
export interface OutputSet {
  /**
   * Checks that targets may be written, before any work is done.
   * @throws IO_OUTPUT_EXISTS naming all that are there, IO_WRITE_FAILED
   */
  check(paths: readonly string[]): Promise<void>;
  /**
   * Opens an output under a temporary name beside its target; missing folders are made.
   * @throws IO_OUTPUT_EXISTS IO_WRITE_FAILED
   */
  open(path: string, options?: OpenOutputOptions): Promise<OutputFile>;
  /**
   * Gives an open output another name in the same folder, which it gets at the commit.
   * @throws IO_OUTPUT_EXISTS IO_WRITE_FAILED
   */
  rename(file: OutputFile, path: string): Promise<void>;
  /**
   * Completes all outputs and gives them their names. An old `last` is removed before anything is renamed, and
   * after all of `remove`: killed in between, the files that are still to be removed stand in it.
   * @throws IO_OUTPUT_EXISTS IO_WRITE_FAILED; then call {@link abort}.
   */
  commit(options?: CommitOptions): Promise<WrittenFile[]>;
  /** Gives up one of the outputs: it will not appear. */
  discard(file: OutputFile): Promise<void>;
  /** Removes everything that has not got its name, and the folders made for it. Can always be called. */
  abort(): Promise<void>;
}

interface Entry {
  file: PartialFile;
  /** As the caller named it last. */
  path: string;
  /** The path itself, or what it links to. */
  target: string;
}

/**
 * Begins a set of outputs. Each is written beside its target as `.<name>.<process id>.partial` and renamed when
 * all are complete, the manifest last: a reader finds the old files, or the new ones with their manifest, or
 * files without a manifest, which are not complete.
 *
 * @param options `force`: whether files that are there are replaced. Default: false.
 */
export function createOutputSet(options: { force?: boolean } = {}): OutputSet {
  const force = options.force === true;
  const entries: Entry[] = [];
  const folders: string[] = [];

  async function check(paths: readonly string[]): Promise<void> {
    const existing: string[] = [];
    for (const path of paths) {
      const exists = await existsAsFile(path);
      if (exists && !force) {
        existing.push(path);
      }
    }
    if (existing.length > 0) {
      throw alreadyThere(existing);
    }
  }
  async function open(
    path: string,
    { isProvisional = false, ...fileOptions }: OpenOutputOptions = {},
  ): Promise<OutputFile> {
    await check(isProvisional ? [] : [path]);
    const linked = await realpath(path).catch(() => path);
    try {
      const made = await mkdir(dirname(linked), { recursive: true });
      if (made !== undefined) {
        folders.push(dirname(linked), made);
      }
    } catch (error) {
      throw fileError("IO_WRITE_FAILED", path, error);
    }
    // Two spellings of one path are one file.
    const target = join(await realpath(dirname(linked)), basename(linked));
    refuseTwice(path, target);
    const file = await openPartialFile(path, target, fileOptions);
    entries.push({ file, path, target });
    return file;
  }
  async function rename(file: OutputFile, path: string): Promise<void> {
    await check([path]);
    const entry = entries.find((one) => one.file === file)!;
    const target = join(dirname(entry.target), basename(path));
    refuseTwice(path, target);
    Object.assign(entry, { path, target });
  }
  function refuseTwice(path: string, target: string): void {
    if (entries.some((entry) => entry.target === target)) {
      throw new DataError("IO_WRITE_FAILED", {
        message: `${path} would be written twice`,
        hint: "Give each output a file of its own.",
      });
    }
  }
  async function commit({ last, remove = [] }: CommitOptions = {}): Promise<WrittenFile[]> {
    const written: WrittenFile[] = [];
    for (const { file, path } of entries) {
      written.push({ ...(await file.close()), path });
    }
    await check(entries.map(({ path }) => path));
    await removeFiles(force ? [...remove, ...(last === undefined ? [] : [last])] : []);
    const isLast = ({ path }: Entry): boolean => path === last;
    for (const entry of [...entries.filter((one) => !isLast(one)), ...entries.filter(isLast)]) {
      await giveName(entry);
    }
    entries.length = 0;
    folders.length = 0;
    return written;
  }
  async function discard(file: OutputFile): Promise<void> {
    const index = entries.findIndex((entry) => entry.file === file);
    await entries.splice(index, index === -1 ? 0 : 1)[0]?.file.discard();
  }
  async function abort(): Promise<void> {
    await Promise.allSettled(entries.map(({ file }) => file.discard()));
    entries.length = 0;
    for (const folder of foldersInside(folders)) {
      await rmdir(folder).catch(() => {});
    }
    folders.length = 0;
  }
  return { check, open, rename, commit, discard, abort };
}

/** Whether a file is there. A folder, or a name that can be none, is an error. */
async function existsAsFile(path: string): Promise<boolean> {
  if (path.includes("\0")) {
    throw new DataError("IO_WRITE_FAILED", { message: "A file name cannot hold a NUL character" });
  }
  try {
    if ((await stat(path)).isDirectory()) {
      throw new DataError("IO_WRITE_FAILED", { message: `${path} is a folder`, hint: "Name a file in it." });
    }
    return true;
  } catch (error) {
    if (hasErrorCode(error, "ENOENT")) {
      return false;
    }
    throw fileError("IO_WRITE_FAILED", path, error);
  }
}

function alreadyThere(paths: readonly string[]): DataError {
  const [first, ...others] = paths;
  const more = others.length === 0 ? "" : ` and ${others.length} more (${others.slice(0, 5).join(", ")})`;
  return new DataError("IO_OUTPUT_EXISTS", {
    message: `${first}${more} ${others.length === 0 ? "is" : "are"} already there`,
    location: { source: first! },
  });
}

async function removeFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await unlink(path).catch((error) => {
      if (!hasErrorCode(error, "ENOENT")) {
        throw fileError("IO_WRITE_FAILED", path, error);
      }
    });
  }
}

async function giveName({ file, path, target }: Entry): Promise<void> {
  try {
    await rename(file.temporaryPath, target);
    forgetPartial(file.temporaryPath);
  } catch (error) {
    throw fileError("IO_WRITE_FAILED", path, error);
  }
}

/** The folders that were made, the innermost first. */
function foldersInside(ends: readonly string[]): string[] {
  const found = new Set<string>();
  for (let index = 0; index < ends.length; index += 2) {
    const outermost = ends[index + 1]!;
    for (let folder = ends[index]!; folder.length >= outermost.length; folder = dirname(folder)) {
      found.add(folder);
      if (folder === dirname(folder)) {
        break;
      }
    }
  }
  return [...found].sort((left, right) => right.length - left.length);
}
