import { createIssue, type Issue, type IssueCode, type Location } from "@dpo-kit/schema";
import type { z } from "zod";
import { didYouMean } from "../options/closest-name.ts";
import { recipePath, runOptions, sourceOptions } from "./recipe-options.ts";
import { recipeJsonSchema } from "./recipe-schema.ts";
import { nodeAt, type RecipeNode, type RecipePlace } from "./recipe-text.ts";

type SchemaIssue = z.core.$ZodIssue;

/** What a schema said of a recipe, each with its line and column, in the order of the file. */
export function locateIssues(found: readonly SchemaIssue[], root: RecipeNode, source: string): Issue[] {
  const issues = found
    .filter((issue) => issue.code !== "custom" || !hasUnknownKeys(issue.path, found))
    .flatMap((issue) => locate(issue, root, source));
  return issues.sort((one, other) => orderOf(one.location) - orderOf(other.location));
}

/** What is said of a value that lacks what stands under another name is said twice. */
function hasUnknownKeys(path: readonly PropertyKey[], found: readonly SchemaIssue[]): boolean {
  return found.some(
    (issue) => issue.code === "unrecognized_keys" && issue.path.join("\0") === path.join("\0"),
  );
}

function orderOf({ line = 0, column = 0 }: Location): number {
  return line * 1e6 + column;
}

function locate(issue: SchemaIssue, root: RecipeNode, source: string): Issue[] {
  if (issue.code === "unrecognized_keys") {
    const node = nodeAt(root, issue.path);
    return issue.keys.map((key) => {
      const { keyPlace = node.place } = node.members.get(key) ?? {};
      return createIssue("RECIPE_KEY_UNKNOWN", {
        location: locationOf(keyPlace, [...issue.path, key], source),
        message: `The key ${key} means nothing here`,
        hint: hintForKey(key, issue.path, [...node.members.keys()]),
      });
    });
  }
  return [
    issue.code === "custom" && issue.params?.at !== undefined
      ? whereIssue(issue, root, source)
      : valueIssue(issue, root, source),
  ];
}

function valueIssue({ path, message }: SchemaIssue, root: RecipeNode, source: string): Issue {
  const node = nodeAt(root, path);
  const parent = nodeAt(root, path.slice(0, -1));
  const isMissing = path.length > 0 && !parent.members.has(String(path.at(-1)));
  const name = path.filter((part) => typeof part !== "number").join(".");
  const details = isMissing
    ? { message: `The key ${String(path.at(-1))} is missing`, expected: message.replace(/^takes /u, "") }
    : { message: `${name === "" ? "A recipe" : name} ${message}`, found: node.asWritten };
  return issueAt("RECIPE_VALUE_INVALID", locationOf(node.place, path, source), details);
}

function issueAt(
  code: IssueCode,
  location: Location,
  details: { message: string; expected?: string; found?: unknown; hint?: string },
): Issue {
  return createIssue(code, { location, ...details });
}

/** The place in the expression is one in the file, where the file has the expression as it is. */
function whereIssue(issue: SchemaIssue, root: RecipeNode, source: string): Issue {
  const node = nodeAt(root, issue.path);
  const { at, hint } = (issue as z.core.$ZodIssueCustom).params as { at: number; hint: string };
  const { place, textPlace } = node;
  const exact = textPlace === undefined ? place : { ...textPlace, column: textPlace.column + at };
  const where = textPlace === undefined ? ` (character ${at + 1} of the condition)` : "";
  return createIssue("RECIPE_WHERE_INVALID", {
    location: locationOf(exact, issue.path, source),
    message: `${issue.message}${where}`,
    hint,
  });
}

/** A place in the recipe, for issues. */
export function locationOf(place: RecipePlace, path: readonly PropertyKey[], source: string): Location {
  const shown = path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text}${text && "."}${String(part)}`),
    "",
  );
  return { source, line: place.line, column: place.column, ...(shown === "" ? {} : { path: shown }) };
}

const keysOf = (options: typeof runOptions): string[] => [
  ...new Set(options.map((option) => recipePath(option)[0]!)),
];

/** What may stand at a path; `present` are the keys that are there already. */
function hintForKey(key: string, path: readonly PropertyKey[], present: readonly string[]): string {
  const [top, , inner] = path;
  const isSource = top === "sources" && inner === undefined;
  if (isSource && keysOf(runOptions).includes(key)) {
    return `${key} is for all sources together: move it to the top of the recipe.`;
  }
  if (path.length === 0 && keysOf(sourceOptions).includes(key)) {
    return `${key} is for a source: move it to one, or under defaults for all.`;
  }
  const known = knownKeys(path).filter((name) => !present.includes(name));
  return didYouMean(key, known) || `There ${known.length === 1 ? "is" : "are"}: ${known.join(", ")}.`;
}

/** The keys that the schema has at a path. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: JsonSchema | undefined = recipeJsonSchema();
  for (const part of path) {
    schema = typeof part === "number" ? schema?.items : schema?.properties?.[String(part)];
  }
  return Object.keys(schema?.properties ?? {});
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}
