import { createIssue, DataError, type Issue, type JsonObject } from "@dpo-kit/schema";
import { formats } from "../formats/formats.ts";
import { closestNames, didYouMean } from "../options/closest-name.ts";
import { recipeKey } from "../options/option-declaration.ts";
import { optionDeclarations } from "../options/option-declarations.ts";
import { planReducers } from "../plan-reducers.ts";
import type { ExpandedValues } from "./hide-values.ts";
import { type ReadRecipeOptions, readRecipeText } from "./read-recipe-text.ts";
import type { Recipe, RecipeSource, RunOptions, SourceOptions } from "./recipe.ts";
import { recipeError } from "./recipe-error.ts";
import { locateIssues, locationOf } from "./recipe-issues.ts";
import { optionValues, runOptions, sourceOptions } from "./recipe-options.ts";
import { type CheckedRecipe, type CheckedSource, recipeSchema } from "./recipe-schema.ts";
import { nodeAt, type RecipeNode } from "./recipe-text.ts";

/** A recipe, or everything that is wrong with it. */
export type RecipeResult =
  | { readonly recipe: Recipe; readonly issues?: undefined }
  | { readonly recipe?: undefined; readonly issues: readonly Issue[] };

/** What decides how a recipe is parsed: its name for locations, and the variables that it may ask for. */
export type ParseRecipeOptions = Partial<ReadRecipeOptions>;

/**
 * Parses a recipe.
 * @param options `source`: the name of the file, default `recipe.yaml`; `variables`: default none.
 * @throws RECIPE_SYNTAX RECIPE_KEY_UNKNOWN RECIPE_VALUE_INVALID RECIPE_VARIABLE_MISSING RECIPE_WHERE_INVALID: the
 * first problem, with all of them in `issues`.
 */
export function parseRecipe(text: string, options: ParseRecipeOptions = {}): Recipe {
  const { recipe, issues } = safeParseRecipe(text, options);
  if (issues !== undefined) {
    throw recipeError(issues);
  }
  return recipe;
}

/** Parses a recipe, and tells everything that is wrong with it, each with its line and column. */
export function safeParseRecipe(text: string, options: ParseRecipeOptions = {}): RecipeResult {
  const given = { source: options.source ?? "recipe.yaml", variables: options.variables ?? {} };
  const { root, issues, expanded, variables } = readRecipeText(text, given);
  if (root === undefined) {
    return { issues };
  }
  const { data, error } = recipeSchema.safeParse(root.value);
  const found = error === undefined ? [] : locateIssues(error.issues, root, given.source);
  // What is said of a missing variable would be said once more of the empty text in its place.
  const all = [...issues, ...found.filter((issue) => !issues.some((other) => isSamePlace(issue, other)))];
  if (data === undefined || all.length > 0) {
    return { issues: all };
  }
  const recipe = recipeOf(data, { root, values: { expanded, variables }, source: given.source });
  const contradictions = findContradictions(recipe, root, given.source);
  return contradictions.length > 0 ? { issues: contradictions } : { recipe };
}

function isSamePlace(one: Issue, other: Issue): boolean {
  return one.location.line === other.location.line && one.location.column === other.location.column;
}

interface RecipeOrigin {
  readonly root: RecipeNode;
  readonly values: ExpandedValues;
  readonly source: string;
}

function recipeOf(checked: CheckedRecipe, { root, values, source }: RecipeOrigin): Recipe {
  const { defaults = {}, sources, output } = checked;
  const shared = optionValues(defaults, sourceOptions);
  const options = { ...optionValues(defaults, runOptions), ...optionValues(checked, runOptions) };
  return {
    sources: sources.map((entry, index) =>
      sourceOf(entry, shared, nodeAt(root, ["sources", index, "from"]), source),
    ),
    options: {
      ...(options as RunOptions),
      ...(output.export === undefined ? {} : { export: output.export }),
    },
    outputFolder: output.dir,
    asWritten: root.asWritten as JsonObject,
    ...values,
  };
}

function sourceOf(checked: CheckedSource, shared: object, node: RecipeNode, source: string): RecipeSource {
  const { from, where } = checked;
  return {
    from,
    fromAsWritten: node.asWritten as string,
    ...(where === undefined ? {} : { where }),
    options: { ...shared, ...optionValues(checked, sourceOptions) } as SourceOptions,
    place: locationOf(node.place, [], source),
  };
}

/** What no key by itself is wrong about: formats that are not there, options that contradict each other. */
function findContradictions(recipe: Recipe, root: RecipeNode, source: string): Issue[] {
  return [
    ...recipe.sources.flatMap(({ options, from, place }, index) => [
      ...formatIssues(options.from, ["sources", index, "format"], { root, source }),
      ...(from === "-"
        ? [
            createIssue("RECIPE_VALUE_INVALID", {
              location: place,
              message: "Standard input is no source of a recipe: it cannot be read again",
              hint: "Write it to a file first.",
            }),
          ]
        : []),
    ]),
    ...reducerIssues(recipe.options, root, source),
  ];
}

function formatIssues(
  format: string | undefined,
  path: readonly PropertyKey[],
  { root, source }: { root: RecipeNode; source: string },
): Issue[] {
  const known = formats.flatMap(({ id, variants = [] }) => [id, ...variants.map((variant) => variant.id)]);
  if (format === undefined || known.includes(format)) {
    return [];
  }
  const isOwn = root.members.has("sources") && nodeAt(root, path).value === format;
  const at = isOwn ? path : ["defaults", "format"];
  return [
    createIssue("RECIPE_VALUE_INVALID", {
      location: locationOf(nodeAt(root, at).place, at, source),
      message: `There is no format ${format}`,
      hint:
        closestNames(format, known, 1).length > 0 ? didYouMean(format, known) : "`dpo formats` lists them.",
    }),
  ];
}

function reducerIssues(options: RunOptions, root: RecipeNode, source: string): Issue[] {
  try {
    planReducers(options);
    return [];
  } catch (error) {
    if (!DataError.isInstance(error)) {
      throw error;
    }
    const [first] = flagsIn(error.message);
    const path = first === undefined ? [] : root.members.has(first) ? [first] : ["defaults", first];
    return [
      createIssue("RECIPE_VALUE_INVALID", {
        location: locationOf(nodeAt(root, path).place, path, source),
        message: asKeys(error.message),
        hint: asKeys(error.hint),
      }),
    ];
  }
}

const flag = /--([a-z][a-z-]*)/gu;

function flagsIn(message: string): string[] {
  return [...message.matchAll(flag)].map((match) => keyOfFlag(match[1]!));
}

/** What is said of flags is true of keys. */
function asKeys(message: string): string {
  return message.replace(flag, (_, name: string) => keyOfFlag(name));
}

function keyOfFlag(name: string): string {
  const camel = name.replace(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase());
  return recipeKey(optionDeclarations.find((option) => option.name === camel)?.name ?? camel);
}
