import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { DataError } from "@dpo-kit/schema";
import type { InputSource, SourceProvider } from "../source.ts";
import { fileError, hasErrorCode } from "./file-error.ts";
import { fileRandomAccess } from "./file-random-access.ts";
import { readFileChunks } from "./read-file-chunks.ts";

/** What files are found with. */
export interface FileProviderOptions {
  /** The paths of the files that a pattern (`*`, `?`, `**`, `[…]`, `{…}`) names. Default: patterns are not read. */
  glob?: (pattern: string) => Promise<readonly string[]>;
}

/**
 * Makes the provider of files: paths, patterns and `file:` addresses. What exists under the very name given is
 * taken before the name is read as a pattern. The files of a pattern come sorted by name, in the order of UTF-16
 * code units.
 */
export function createFileProvider(options: FileProviderOptions = {}): SourceProvider {
  return {
    scheme: "file",
    // A single letter is a Windows drive.
    claims: (address) =>
      address !== "-" && (!/^[a-z][a-z0-9+.-]+:/iu.test(address) || isFileAddress(address)),
    async resolve(address) {
      const path = isFileAddress(address) ? pathOf(address) : address;
      const found = await fileSource(path, path);
      if (found !== undefined) {
        return [found];
      }
      const matches = options.glob !== undefined && /[*?[\]{}]/u.test(path) ? await options.glob(path) : [];
      const sources = await Promise.all([...matches].sort().map((match) => fileSource(match, match)));
      if (sources.length === 0) {
        throw notFound(address, /[*?[{]/u.test(path));
      }
      return sources.filter((source) => source !== undefined);
    },
  };
}

function isFileAddress(address: string): boolean {
  return /^file:/iu.test(address);
}

function pathOf(address: string): string {
  try {
    return fileURLToPath(address);
  } catch (cause) {
    throw new DataError("IO_NOT_FOUND", { message: `${address} names no file`, cause });
  }
}

/** The source of a path, or undefined where nothing is there. */
async function fileSource(path: string, name: string): Promise<InputSource | undefined> {
  if (path.includes("\0")) {
    return undefined;
  }
  const stats = await stat(path).catch((error) => {
    if (hasErrorCode(error, "ENOENT", "ENOTDIR", "ENAMETOOLONG", "EINVAL")) {
      return undefined;
    }
    throw fileError("IO_UNREADABLE", path, error);
  });
  if (stats === undefined) {
    return undefined;
  }
  if (stats.isDirectory()) {
    throw new DataError("IO_UNREADABLE", {
      message: `${name} is a folder`,
      location: { source: name },
      hint: `Name the files in it with a pattern in quotes: "${name.replace(/[/\\]+$/u, "")}/*.csv"`,
    });
  }
  const isFile = stats.isFile();
  return {
    name,
    baseName: basename(path),
    ...(isFile ? { size: stats.size } : {}),
    open: (options) => readFileChunks(path, options),
    ...(isFile ? { openRandomAccess: () => fileRandomAccess(path) } : {}),
    // A pipe, as the shell's <(…) gives, can be read once.
    rereadable: isFile,
  };
}

function notFound(address: string, isPattern: boolean): DataError {
  return new DataError("IO_NOT_FOUND", {
    message: isPattern ? `No file matches ${address}` : `There is no file ${address}`,
    location: { source: address },
  });
}
