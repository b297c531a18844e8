import { isAbsolute, relative, resolve, sep } from "node:path";
import { DataError, type Issue } from "@dpo-kit/schema";
import { escapePath, glob } from "tinyglobby";
import type { ReadingRequest, RunEnvironment } from "../../conversion-request.ts";
import type { RecipeSource } from "../../recipe/recipe.ts";
import type { FoundSource, SourceMember } from "../../source-set.ts";
import { findRecordSources } from "../find-record-sources.ts";

/** What one unit of work reads, as it can be told to another thread. */
export interface UnitInput {
  /** Which of the sources that its inputs hold: an archive or a dataset holds several. */
  readonly pick: number;
  /** What paths are shown relative to: the folder of the recipe. */
  readonly folder: string;
  /** As the recipe has it, with the names of variables. */
  readonly fromAsWritten: string;
  readonly from: string;
  readonly request: ReadingRequest;
  /** The condition that pairs have to meet, as it was written. */
  readonly where?: string;
}

/** One source of a recipe: what is done, and done again, as a whole. */
export interface RecipeUnit {
  readonly input: UnitInput;
  readonly source: FoundSource;
}

/** The sources of a recipe, in its order, those of a pattern by name. */
export interface FoundUnits {
  readonly units: readonly RecipeUnit[];
  /** What could not be found out, such as a dataset that may not be read; the others go on. */
  readonly failed: readonly Issue[];
  /** Files that are not there. */
  readonly missing: readonly Issue[];
}

/** Finds the sources of a recipe. `folder` is where the recipe is. */
export async function findUnits(
  sources: readonly RecipeSource[],
  folder: string,
  environment: RunEnvironment,
): Promise<FoundUnits> {
  const units: RecipeUnit[] = [];
  const failed: Issue[] = [];
  const missing: Issue[] = [];
  for (const entry of sources) {
    try {
      units.push(...(await unitsOf(entry, folder, environment)));
    } catch (error) {
      if (!DataError.isInstance(error)) {
        throw error;
      }
      const isMissing = error.code === "RECIPE_NO_FILES";
      (isMissing ? missing : failed).push(failureOf(error, entry.fromAsWritten));
    }
  }
  return { units, failed, missing };
}

/** A refusal as an issue: of the source, where it does not say of what, or only of the Hub's address. */
export function failureOf({ code, message, hint, location }: DataError, source: string): Issue {
  const isOfHub = source.startsWith("hf://") && location?.source.startsWith("http") === true;
  return {
    code,
    severity: "error",
    message,
    hint,
    location: isOfHub ? { source } : (location ?? { source }),
  };
}

async function unitsOf(
  entry: RecipeSource,
  folder: string,
  environment: RunEnvironment,
): Promise<RecipeUnit[]> {
  const { from, fromAsWritten, options, where } = entry;
  const inputs = await addressesOf(entry, folder);
  const found = await findRecordSources({ ...options, inputs }, environment).catch((error) => {
    throw isMissingFile(error, from) ? noFiles(entry, `There is no file ${from}`) : error;
  });
  return found.map((source, index): RecipeUnit => {
    // A file that is a source by itself is found again without looking at the others.
    const isAlone = inputs.includes(source.name);
    const input: UnitInput = {
      folder,
      from,
      fromAsWritten,
      request: { ...options, inputs: isAlone ? [source.name] : inputs },
      pick: isAlone ? 0 : index,
      ...(where === undefined ? {} : { where: where.text }),
    };
    return { input, source: shownSource(source, input) };
  });
}

function isMissingFile(error: unknown, from: string): boolean {
  return DataError.isInstance(error) && error.code === "IO_NOT_FOUND" && !isAddress(from);
}

function isAddress(from: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/iu.test(from);
}

/** The paths that a source names: what is there under its very name, else what its pattern matches, by name. */
async function addressesOf(entry: RecipeSource, folder: string): Promise<string[]> {
  const { from } = entry;
  if (isAddress(from) || !/[*?[\]{}]/u.test(from)) {
    return [isAddress(from) ? from : resolve(folder, from)];
  }
  const literal = await glob(escapePath(from), { cwd: folder, absolute: true, expandDirectories: false });
  if (literal.length > 0) {
    return literal;
  }
  const matches = await glob(from, {
    cwd: folder,
    absolute: true,
    onlyFiles: true,
    expandDirectories: false,
  });
  if (matches.length === 0) {
    throw noFiles(entry, `No file matches ${from}`);
  }
  return matches.sort();
}

function noFiles({ place }: RecipeSource, message: string): DataError {
  return new DataError("RECIPE_NO_FILES", { message, location: place });
}

/**
 * Finds the source of a unit again, in another thread.
 * @throws what finding it throws; IO_NOT_FOUND where it has gone
 */
export async function findUnitSource(input: UnitInput, environment: RunEnvironment): Promise<FoundSource> {
  const found = await findRecordSources(input.request, environment);
  const source = found[input.pick];
  if (source === undefined) {
    throw new DataError("IO_NOT_FOUND", { message: `${input.from} has changed while it was read` });
  }
  return shownSource(source, input);
}

/**
 * A source under the name that outputs show: relative to the recipe, so that it is the same wherever the run was
 * started; and in the manifest with the names of variables that its own name was made of.
 */
function shownSource(source: FoundSource, input: UnitInput): FoundSource {
  const { folder, from, fromAsWritten } = input;
  const shown = (name: string): string =>
    isAbsolute(from)
      ? name
      : name
          .split(" + ")
          .map((each) => shownPath(each, folder))
          .join(" + ");
  const baseName = fromAsWritten === from ? source.baseName : nameAsWritten(source.baseName, input);
  const { set } = source;
  return {
    ...source,
    name: shown(source.name),
    baseName,
    ...(set === undefined
      ? {}
      : {
          set: {
            ...set,
            name: shown(set.name),
            members: set.members.map((member): SourceMember => ({ ...member, name: shown(member.name) })),
          },
        }),
  };
}

function shownPath(path: string, folder: string): string {
  return isAbsolute(path) ? relative(folder, path).split(sep).join("/") : path;
}

function nameAsWritten(baseName: string, { fromAsWritten }: UnitInput): string {
  const last = fromAsWritten.replace(/^.*[/\\](?![^{]*\})/su, "");
  return last.includes("${") ? last : baseName;
}
