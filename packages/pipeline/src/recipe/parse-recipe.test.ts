import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { optionDeclarations } from "../options/option-declarations.ts";
import { parseRecipe, safeParseRecipe } from "./parse-recipe.ts";
import { recipePath, runOptions, sourceOptions } from "./recipe-options.ts";
import { formatRecipeSchema, recipeJsonSchema } from "./recipe-schema.ts";

const whole = `version: 1
defaults:
  limit: 500
  encoding: utf-8
sources:
  - from: feedback/*.csv
    columns: { prompt: question, preferred: best, non_preferred: worst, system: persona }
    where: score >= 4 and lang in ['en', 'de']
    limit: 10
  - from: hf://datasets/HuggingFaceH4/ultrafeedback_binarized@main
    hub: { split: train_prefs }
    min_margin: 20%
target: [openai, together]
dedupe: normalised
conflicts: drop
split: { train: 0.9, validation: 0.1 }
allow_rejects: 1%
shuffle: true
output: { dir: out }
`;

/** The problems of a text, as `line:column code`. */
function problems(text: string, variables: Record<string, string> = {}): string[] {
  const { issues = [] } = safeParseRecipe(text, { source: "r.yaml", variables });
  return issues.map(({ code, location }) => `${location.line}:${location.column} ${code}`);
}

const rest = "output: { dir: out }\n";

describe("a recipe", () => {
  test("is what its keys say, with the defaults where a source says nothing", () => {
    const recipe = parseRecipe(whole);
    expect(recipe.outputFolder).toBe("out");
    expect(recipe.options).toEqual({
      target: ["openai", "together"],
      dedupe: "normalised",
      conflicts: "drop",
      split: [
        { name: "train", amount: { kind: "share", value: 0.9 } },
        { name: "validation", amount: { kind: "share", value: 0.1 } },
      ],
      allowRejects: { kind: "percent", value: 1 },
      shuffle: true,
    });
    expect(recipe.sources.map(({ options }) => options)).toEqual([
      {
        limit: 10,
        encoding: "utf-8",
        columns: { prompt: "question", preferred: "best", nonPreferred: "worst", system: "persona" },
      },
      { limit: 500, encoding: "utf-8", hubSplit: "train_prefs", minMargin: { kind: "percent", value: 20 } },
    ]);
    expect(recipe.sources[0]).toMatchObject({ from: "feedback/*.csv", place: { line: 6, column: 11 } });
    expect(recipe.sources[0]!.where!.fields).toEqual(["score", "lang"]);
  });

  test("may stand in variables, which stay as they are in what is kept of it", () => {
    const recipe = parseRecipe(
      `version: 1\nsources: [{ from: "\${DATA}/\${NAME:-x}.csv", limit: "\${N}", system: "$\${x}" }]\n${rest}`,
      { variables: { DATA: "/secret", N: "7" } },
    );
    expect(recipe.sources[0]).toMatchObject({
      from: "/secret/x.csv",
      options: { limit: 7, system: "$\u007bx}" },
    });
    expect(JSON.stringify(recipe.asWritten)).not.toContain("secret");
    expect(recipe.sources[0]!.fromAsWritten).toBe("$\u007bDATA}/$\u007bNAME:-x}.csv");
  });

  test("may repeat itself with anchors", () => {
    const text = `version: 1\nsources:\n  - { from: a.csv, columns: &c { prompt: q } }\n  - { from: b.csv, columns: *c }\n${rest}`;
    expect(parseRecipe(text).sources[1]!.options).toEqual({ columns: { prompt: "q" } });
  });
});

describe("every problem is told at once, with its line and column", () => {
  test.each([
    ["", ["1:1 RECIPE_VALUE_INVALID"]],
    ["version: 1\n", ["1:1 RECIPE_VALUE_INVALID", "1:1 RECIPE_VALUE_INVALID"]],
    [`version: 2\nsources: []\n${rest}`, ["1:10 RECIPE_VALUE_INVALID", "2:10 RECIPE_VALUE_INVALID"]],
    [
      `version: 1\nsourcs: 1\nsources:\n  - from: a.csv\n    colums: {}\n    limit: many\n    columns: { promt: q }\n    where: score >= \n${rest}`,
      [
        "2:1 RECIPE_KEY_UNKNOWN",
        "5:5 RECIPE_KEY_UNKNOWN",
        "6:12 RECIPE_VALUE_INVALID",
        "7:16 RECIPE_KEY_UNKNOWN",
        "8:20 RECIPE_WHERE_INVALID",
      ],
    ],
    [`version: 1\nsources: [{ from: a }\n${rest}`, ["3:1 RECIPE_SYNTAX"]],
    [`version: 1\nversion: 1\nsources: [{ from: a }]\n${rest}`, ["2:1 RECIPE_SYNTAX"]],
    [`version: 1\nsources: *a\n${rest}`, ["2:10 RECIPE_SYNTAX"]],
    [
      `version: 1\nsources: [{ from: a, dedupe: exact }]\nlimit: 1\n${rest}`,
      ["2:22 RECIPE_KEY_UNKNOWN", "3:1 RECIPE_KEY_UNKNOWN"],
    ],
    [
      `version: 1\nsources: [{ from: "\${A}" }, { from: "\${1}" }]\n${rest}`,
      ["2:19 RECIPE_VARIABLE_MISSING", "2:37 RECIPE_VALUE_INVALID"],
    ],
    [`version: 1\nsources: [{ from: a, format: csvv }]\n${rest}`, ["2:30 RECIPE_VALUE_INVALID"]],
    [`version: 1\nsources: [{ from: "-" }]\n${rest}`, ["2:19 RECIPE_VALUE_INVALID"]],
    [
      `version: 1\nsources: [{ from: a }]\nsplit: { train: 0.9, test: 0.1 }\ntest_size: 0.1\n${rest}`,
      ["4:12 RECIPE_VALUE_INVALID"],
    ],
    [`version: 1\nsources: [{ from: a }]\nsplit: { train: 0.9 }\n${rest}`, ["3:8 RECIPE_VALUE_INVALID"]],
    [
      `version: 1\nsources: [{ from: a, columns: { prompt: q, system: q } }]\n${rest}`,
      ["2:31 RECIPE_VALUE_INVALID"],
    ],
    [
      `version: 1\nsources: [{ from: a }]\noutput: { dir: out, exports: [trl] }\n`,
      ["3:21 RECIPE_KEY_UNKNOWN"],
    ],
    [
      `version: 1\nsources: [{ from: a }]\n__proto__: 1\nconstructor: 2\n${rest}`,
      ["3:1 RECIPE_KEY_UNKNOWN", "4:1 RECIPE_KEY_UNKNOWN"],
    ],
  ])("%j", (text, expected) => {
    const found = problems(text);
    expect(found).toEqual(expected);
  });

  test("an unknown key comes with the closest one, or the place where it belongs", () => {
    const { issues = [] } = safeParseRecipe(
      `version: 1\nsources: [{ from: a, dedupe: exact, colums: {} }]\nlimit: 1\n${rest}`,
    );
    expect(issues.map(({ hint }) => hint)).toEqual([
      "dedupe is for all sources together: move it to the top of the recipe.",
      "Did you mean columns?",
      "limit is for a source: move it to one, or under defaults for all.",
    ]);
  });

  test("what contradicts another key is told of keys, not of flags", () => {
    const { issues = [] } = safeParseRecipe(`version: 1\nsources: [{ from: a }]\nsplit_by: near\n${rest}`);
    expect(issues[0]).toMatchObject({ message: "split_by belongs to a split" });
    expect(issues[0]!.hint).not.toContain("--");
  });
});

describe("what is meant to harm", () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${[..."bcdefghij"]
    .map((name, index) => `${name}: &${name} [${Array(10).fill(`*${"abcdefghij"[index]}`).join(",")}]`)
    .join("\n")}\n`;

  test.each([
    ["aliases that multiply", bomb],
    ["an alias of itself", "version: &a { b: *a }\n"],
    ["brackets", "[".repeat(100_000)],
    ["brackets after closing ones", `# ${"]".repeat(100_000)}\na: ${"[".repeat(100_000)}`],
    ["brackets between quotes of two lines", `a: "\n" : ${"[".repeat(100_000)} "`],
    ["lists in lists", `${"- ".repeat(100_000)}x`],
    [
      "lists in lists, line by line",
      Array.from({ length: 400 }, (_, depth) => `${" ".repeat(depth)}-`).join("\n"),
    ],
    ["a large file", "# x\n".repeat(100_000)],
    ["many anchors", "&a ".repeat(30_000)],
  ])("%s: is refused", (_, text) => {
    const { issues = [] } = safeParseRecipe(text);
    expect(issues.length).toBeGreaterThan(0);
    expect(issues.length).toBeLessThan(200);
    for (const { location } of issues) {
      expect(location).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
    }
  });
});

test("brackets in texts are no brackets", () => {
  const source = `  - { from: a.csv, where: "question contains '['" }\n`;
  const text = `version: 1\nsources:\n${source.repeat(120)}output: { dir: out }\n`;
  expect(safeParseRecipe(text).issues).toBeUndefined();
});

test("a second document is refused in the words of recipes", () => {
  const { issues = [] } = safeParseRecipe("version: 1\n---\nversion: 1\n");
  expect(issues[0]).toMatchObject({ message: expect.stringContaining("a recipe is a single one") });
  expect(issues[0]!.location.line).toBe(2);
});

describe("the keys", () => {
  test("each option of a conversion has one key, and no key a second meaning", () => {
    const paths = [...sourceOptions, ...runOptions].map((option) => recipePath(option).join("."));
    const own = ["version", "defaults", "sources", "output", "output.dir", "output.export", "from", "where"];
    expect(new Set([...paths, ...own]).size).toBe(paths.length + own.length);
    const groups = new Set(paths.filter((path) => path.includes(".")).map((path) => path.split(".")[0]!));
    expect(paths.filter((path) => groups.has(path))).toEqual([]);
    const presentation = ["output", "export", "force", "dryRun", "json", "quiet", "progress", "color"];
    expect(
      [...sourceOptions, ...runOptions]
        .map(({ name }) => name)
        .concat(presentation)
        .sort(),
    ).toEqual(
      optionDeclarations
        .filter(({ commands }) => commands.includes("convert"))
        .map(({ name }) => name)
        .sort(),
    );
  });

  test("dpo init takes every option of a source", () => {
    for (const { name, commands } of sourceOptions) {
      expect({ name, hasInit: commands.includes("init") }).toEqual({ name, hasInit: true });
    }
  });

  test("recipe.schema.json is up to date: npm run generate", () => {
    const published = readFileSync(new URL("../../recipe.schema.json", import.meta.url), "utf8");
    expect(published).toBe(formatRecipeSchema());
  });

  test("the JSON Schema has them all", () => {
    const { properties } = recipeJsonSchema() as {
      properties: Record<string, { properties?: object; items?: { properties: object } }>;
    };
    const ofSource = Object.keys(properties.sources!.items!.properties);
    for (const option of sourceOptions) {
      expect(ofSource).toContain(recipePath(option)[0]);
    }
    for (const option of runOptions) {
      expect(Object.keys(properties)).toContain(recipePath(option)[0]);
    }
  });
});
