import type { CodeDefinition } from "./definition.ts";

/** Codes of recipes: what `dpo run` says of the file before and while it runs it. */
export type RecipeCode =
  | "RECIPE_SYNTAX"
  | "RECIPE_KEY_UNKNOWN"
  | "RECIPE_VALUE_INVALID"
  | "RECIPE_VARIABLE_MISSING"
  | "RECIPE_WHERE_INVALID"
  | "RECIPE_FIELD_UNKNOWN"
  | "RECIPE_NO_FILES"
  | "RECIPE_IN_USE";

export const recipeCodes: Record<RecipeCode, CodeDefinition> = {
  RECIPE_SYNTAX: {
    kind: "usage",
    severity: "error",
    title: "The recipe is no YAML that can be read",
    meaning: "It breaks the rules of YAML 1.2, or is larger or nested deeper than any recipe needs to be.",
    fix: "Look at the line; an editor with YAML support marks such places.",
    example: "version: 1\nsources: [",
    source: "https://yaml.org/spec/1.2.2/",
  },
  RECIPE_KEY_UNKNOWN: {
    kind: "usage",
    severity: "error",
    title: "The recipe has a key that means nothing there",
    meaning: "A key that is passed over would be an option that nobody misses until the data is wrong.",
    fix: "See docs/recipes.md for the keys.",
    example: "version: 1\nsources:\n  - from: a.csv\n    colums: { prompt: question }",
    source: "docs/recipes.md",
  },
  RECIPE_VALUE_INVALID: {
    kind: "usage",
    severity: "error",
    title: "The recipe has a value that the key does not take",
    meaning: "It is missing, of another kind, or contradicts another key.",
    fix: "See docs/recipes.md for what each key takes.",
    example: "version: 1\nsources:\n  - from: a.csv\n    limit: many",
    source: "docs/recipes.md",
  },
  RECIPE_VARIABLE_MISSING: {
    kind: "usage",
    severity: "error",
    title: "The recipe asks for a variable that is not set",
    meaning: `\${NAME} stands for a variable of the environment, and there is none of that name.`,
    fix: `Set it, or give a default: \${NAME:-default}. Write $\${ for the characters themselves.`,
    example: `sources:\n  - from: \${DATA}/feedback.csv`,
    source: "docs/recipes.md",
  },
  RECIPE_WHERE_INVALID: {
    kind: "usage",
    severity: "error",
    title: "A condition of the recipe is not understood",
    meaning: "`where` takes comparisons of fields, joined with and, or, not.",
    fix: "For instance: score >= 4 and lang in ['en', 'de']",
    example: "sources:\n  - from: a.csv\n    where: score >=",
    source: "docs/recipes.md",
  },
  RECIPE_FIELD_UNKNOWN: {
    kind: "refusal",
    severity: "error",
    title: "A condition asks for a field that no record has",
    meaning: "Every pair would be left out, or none, by a name that is perhaps only misspelt.",
    fix: "`dpo inspect` shows the columns of the source.",
    example: "sources:\n  - from: a.csv\n    where: scroe >= 4",
    source: "docs/recipes.md",
  },
  RECIPE_NO_FILES: {
    kind: "usage",
    severity: "error",
    title: "A source of the recipe names no file",
    meaning: "No file is there, or the pattern matches none. Paths are relative to the recipe.",
    fix: "Mend the path.",
    example: "sources:\n  - from: feedbak/*.csv",
    source: "docs/recipes.md",
  },
  RECIPE_IN_USE: {
    kind: "usage",
    severity: "error",
    title: "Another run works on this output",
    meaning: "Two runs would take each other's unfinished work away.",
    fix: "Wait for it to end.",
    example: "dpo run recipe.yaml & dpo run recipe.yaml",
    source: "docs/recipes.md",
  },
};
