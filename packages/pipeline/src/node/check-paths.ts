import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { InputSource } from "@dpo-kit/io";
import { DataError } from "@dpo-kit/schema";
import { exportTargetNames } from "../options/export-options.ts";

/**
 * Refuses outputs that are one file by two names, or that are one of the inputs: with `--force` an input would
 * be gone before it is read.
 * @throws RUN_OPTION_INVALID
 */
export async function refuseUnsafePaths(
  paths: readonly string[],
  sources: readonly InputSource[],
): Promise<void> {
  const resolved = paths.map((path) => resolve(path));
  const twice = paths.find((_, index) => resolved.indexOf(resolved[index]!) !== index);
  if (twice !== undefined) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `Two outputs would be written to ${twice}`,
      hint: "Give each output a file of its own.",
    });
  }
  const inputs = new Map<string, string>();
  for (const { name } of sources) {
    inputs.set((await identityOf(name)) ?? "", name);
  }
  for (const path of paths) {
    const input = inputs.get((await identityOf(path)) ?? "no file");
    if (input !== undefined) {
      throw new DataError("RUN_OPTION_INVALID", {
        message: `${path} is an input, and would be overwritten`,
        hint: "Give an output of another name; inputs are never written to, not with --force either.",
      });
    }
  }
}

/** What is the same for all names of one file; undefined where there is no file. */
async function identityOf(path: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

/**
 * The files that the run wrote whose manifest stands at `manifest`, so that what is outdated can be taken away
 * with it. Nothing else is ever removed.
 */
export async function filesOfManifest(manifest: string | undefined): Promise<string[]> {
  const text = manifest === undefined ? "" : await readFile(manifest, "utf8").catch(() => "");
  try {
    const { schema, outputs } = JSON.parse(text) as {
      schema?: unknown;
      outputs?: { kind?: unknown; name?: unknown }[];
    };
    if (schema !== "dpo-kit/manifest@1" || !Array.isArray(outputs)) {
      return [];
    }
    return outputs.flatMap((output) =>
      isSideFile(output) || isExportedFile(output) ? [join(dirname(manifest!), output.name)] : [],
    );
  } catch {
    return [];
  }
}

interface NamedOutput {
  readonly kind: string;
  readonly name: string;
}

function isNamed({ kind, name }: { kind?: unknown; name?: unknown }): boolean {
  return typeof kind === "string" && typeof name === "string";
}

function isSideFile(output: { kind?: unknown; name?: unknown }): output is NamedOutput {
  const { kind, name } = output as NamedOutput;
  return isNamed(output) && sideKinds.has(kind) && basename(name) === name;
}

/** A file in the folder of the target that it was exported to. */
function isExportedFile(output: { kind?: unknown; name?: unknown }): output is NamedOutput {
  const { kind, name } = output as NamedOutput;
  return isNamed(output) && exportTargetNames.includes(kind) && name === `${kind}/${basename(name)}`;
}

/** What a run writes beside its lines by names of its own. */
const sideKinds: ReadonlySet<string> = new Set([
  "train",
  "validation",
  "test",
  "rejects",
  "removed",
  "provenance",
]);
