import { type OptionDeclaration, recipeKey } from "../options/option-declaration.ts";
import { optionDeclarations } from "../options/option-declarations.ts";

/** Options that say how a command speaks, or where it writes: no part of what a recipe makes. */
const notInRecipes: ReadonlySet<string> = new Set([
  "output",
  "export",
  "force",
  "dryRun",
  "json",
  "quiet",
  "progress",
  "color",
]);

const inRecipes = optionDeclarations.filter(
  ({ name, commands }) => commands.includes("convert") && !notInRecipes.has(name),
);

/** How a source is read: what `dpo inspect` takes too. They stand at a source, or under `defaults`. */
export const sourceOptions: readonly OptionDeclaration[] = inRecipes.filter(isOfSource);

/** What is done with the pairs of all sources. They stand at the top, or under `defaults`. */
export const runOptions: readonly OptionDeclaration[] = inRecipes.filter((option) => !isOfSource(option));

/** Stands beside the folder of the output: `output: { dir: out, export: [trl] }`. */
export const exportOption: OptionDeclaration = optionDeclarations.find(({ name }) => name === "export")!;

/** One file is written of all sources, so that its target is one too. */
function isOfSource({ name, commands }: OptionDeclaration): boolean {
  return commands.includes("inspect") && name !== "target";
}

/** The key of an option, and the group that it stands in, if any: `["hub", "split"]`. */
export function recipePath({ name }: OptionDeclaration): readonly string[] {
  return recipeKey(name).split(".");
}

/** The values of options by their names, out of a checked map that has them by their keys. */
export function optionValues(
  checked: object,
  options: readonly OptionDeclaration[],
): Readonly<Record<string, unknown>> {
  const found = options.map((option) => [option.name, memberAt(checked, recipePath(option))] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

function memberAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}
