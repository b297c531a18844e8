import { z } from "zod";
import type { OptionDeclaration } from "../options/option-declaration.ts";
import type { OptionValue } from "../options/parse-option.ts";
import { optionSchema } from "./option-schema.ts";
import { exportOption, recipePath, runOptions, sourceOptions } from "./recipe-options.ts";
import { parseWhere } from "./where/parse-where.ts";
import type { Where } from "./where/where.ts";
import { WhereError } from "./where/where-error.ts";

/** Where the JSON Schema of recipes is published. */
export const RECIPE_SCHEMA_ADDRESS =
  "https://raw.githubusercontent.com/dpo-kit/dpo-kit/main/packages/pipeline/recipe.schema.json";

/** A checked source: its options by their keys. */
export interface CheckedSource {
  readonly from: string;
  readonly where?: Where;
}

/** A checked recipe: options by their keys. */
export interface CheckedRecipe {
  readonly defaults?: object;
  readonly sources: readonly CheckedSource[];
  readonly output: { readonly dir: string; readonly export?: readonly string[] };
}

const whereSchema: z.ZodType<Where> = z
  .string("takes a condition: score >= 4 and lang in ['en', 'de']")
  .transform((text, context): Where => {
    try {
      return parseWhere(text);
    } catch (error) {
      if (!(error instanceof WhereError)) {
        throw error;
      }
      const params = { at: error.at, hint: error.hint };
      context.addIssue({ code: "custom", message: error.message, input: text, params });
      return z.NEVER;
    }
  })
  .meta({ description: "Which pairs are kept: a condition on the fields of their records" });

/** What a recipe is: every key, and what it takes. Unknown keys are refused everywhere. */
export const recipeSchema: z.ZodType<CheckedRecipe> = z
  .strictObject(
    {
      version: z.literal(1, "takes 1").meta({ description: "The version of this format" }),
      defaults: group({ ...members(sourceOptions), ...members(runOptions) })
        .meta({ description: "What holds for every source that does not say otherwise, and for the run" })
        .exactOptional(),
      sources: z
        .array(sourceSchema(), "takes a list of sources: - from: feedback.csv")
        .min(1, "takes at least one source")
        .meta({ description: "What is read, in this order" }),
      output: group({
        dir: path("takes the path of a folder").meta({
          description: "The folder that everything is written to, relative to the recipe",
        }),
        export: (optionSchema(exportOption) as unknown as z.ZodType<string[]>).exactOptional(),
      }).meta({ description: "Where everything is written to" }),
      ...members(runOptions),
    },
    "takes the keys version, sources and output",
  )
  .meta({
    title: "dpo-kit recipe",
    description: "What dpo run reads: sources, what is done with them, the output",
  });

function sourceSchema(): z.ZodType<CheckedSource> {
  return group({
    from: path("takes a path, a pattern or an address").meta({
      description: "A path relative to the recipe, a pattern in quotes, or an address (https://, hf://)",
    }),
    where: whereSchema.exactOptional(),
    ...members(sourceOptions),
  }) as unknown as z.ZodType<CheckedSource>;
}

function path(takes: string): z.ZodType<string> {
  return z.string(takes).min(1, takes);
}

function group<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, "takes keys with values, indented below it");
}

/** The options by their keys; those of a group are the members of one key. */
function members(options: readonly OptionDeclaration[]): Record<string, z.ZodType> {
  const shape: Record<string, z.ZodType> = {};
  const groups = new Map<string, Record<string, z.ZodType>>();
  for (const option of options) {
    const [key, inner] = recipePath(option) as [string, string?];
    const schema: z.ZodType<OptionValue> = optionSchema(option).exactOptional();
    if (inner === undefined) {
      shape[key] = schema;
    } else {
      groups.set(key, { ...groups.get(key), [inner]: schema });
    }
  }
  for (const [key, inner] of groups) {
    shape[key] = group(inner).exactOptional();
  }
  return shape;
}

/** JSON Schema (draft 2020-12) of a recipe, for editors. The same as `@dpo-kit/pipeline/recipe.schema.json`. */
export function recipeJsonSchema(): Record<string, unknown> {
  return { $id: RECIPE_SCHEMA_ADDRESS, ...z.toJSONSchema(recipeSchema, { io: "input" }) };
}

/** The text of `recipe.schema.json`. */
export function formatRecipeSchema(): string {
  return `${JSON.stringify(recipeJsonSchema(), null, 2)}\n`;
}
