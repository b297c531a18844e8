import { describe, expect, test } from "vitest";
import { flagName, recipeKey } from "./option-declaration.ts";
import { optionDeclarations } from "./option-declarations.ts";
import { parseOption } from "./parse-option.ts";

const option = (name: string) => optionDeclarations.find((declaration) => declaration.name === name)!;
const parse = (name: string, text: string) => parseOption(option(name), text);

describe("parseOption", () => {
  test.each([
    ["maxCellBytes", "32MiB", 32 * 2 ** 20],
    ["maxCellBytes", "500MB", 5e8],
    ["maxCellBytes", "1.5k", 1536],
    ["maxCellBytes", "7", 7],
    ["limit", "12", 12],
    ["testSize", "0.8", 0.8],
    ["testSize", "20%", 0.2],
    ["sample", "5%", { kind: "percent", value: 5 }],
    ["delimiter", "tab", "\t"],
    ["delimiter", "\\t", "\t"],
    ["delimiter", ";", ";"],
    ["allowRejects", "5", { kind: "count", value: 5 }],
    ["allowRejects", "0.5%", { kind: "percent", value: 0.5 }],
    ["target", "fireworks, OpenAI", ["openai", "fireworks"]],
    ["onInvalid", "skip", "skip"],
    ["columns", "prompt=question", { prompt: "question" }],
    ["columns", "chosen=a,rejected=b", { preferred: "a", nonPreferred: "b" }],
    [
      "columns",
      "prompt=Question, in full,preferred=best",
      { prompt: "Question, in full", preferred: "best" },
    ],
    ["columns", "prompt=__proto__", { prompt: "__proto__" }],
  ])("%s %s", (name, text, value) => {
    expect(parse(name, text)).toEqual(value);
  });

  test.each([
    ["maxCellBytes", "0"],
    ["maxCellBytes", "lots"],
    ["limit", "-1"],
    ["limit", "1e3"],
    ["delimiter", ";;"],
    ["delimiter", "é"],
    ["delimiter", "constructor"],
    ["allowRejects", "101%"],
    ["allowRejects", "some"],
    ["target", "openai,mistral"],
    ["onInvalid", "ignore"],
    ["columns", "question"],
    ["columns", "prompt="],
    ["columns", "prompt=a,prompt=b"],
    ["columns", "answer=a"],
    ["testSize", "0"],
    ["testSize", "1.5"],
    ["testSize", "."],
    ["testSize", "101%"],
    ["split", "train=0.9"],
    ["sample", "half"],
    ["epochs", "0"],
  ])("%s %s is refused, and the message names the flag", (name, text) => {
    expect(() => parse(name, text)).toThrow(`--${flagName(name)} takes`);
  });
});

describe("the declarations", () => {
  test("no flag, recipe key or letter has a second meaning", () => {
    for (const spelling of [flagName, recipeKey]) {
      const names = optionDeclarations.map(({ name }) => spelling(name));
      expect(new Set(names).size).toBe(names.length);
    }
    const letters = optionDeclarations.flatMap(({ short }) => (short === undefined ? [] : [short]));
    expect(new Set(letters).size).toBe(letters.length);
  });

  test("every option belongs to a command, and every value has a name or choices", () => {
    for (const declaration of optionDeclarations) {
      expect(declaration.commands.length).toBeGreaterThan(0);
      const takesValue = declaration.type !== "flag";
      expect(takesValue).toBe(declaration.placeholder !== undefined || declaration.choices !== undefined);
    }
  });
});
