import { type IssueCode, issueCodes } from "@dpo-kit/schema";
import { describe, expect, test } from "vitest";
import { flagName } from "../src/options/option-declaration.ts";
import { optionDeclarations } from "../src/options.ts";

/** The flags of all commands, with the form that turns a switch off. */
const flags: ReadonlySet<string> = new Set(
  optionDeclarations.flatMap((option) => [`--${flagName(option.name)}`, `--no-${flagName(option.name)}`]),
);

describe("what codes tell to do", () => {
  const codes = Object.keys(issueCodes) as IssueCode[];

  test.each(codes)("%s names no flag that is not there", (code) => {
    const { title, meaning, fix, example } = issueCodes[code];
    // An example shows what is wrong: a flag that is not there may be just that.
    const isUsage = issueCodes[code].kind === "usage";
    const said = [title, meaning, fix, isUsage ? "" : example].join(" ");
    const named = said.match(/(?<![\w-])--[a-z][a-z-]*/gu) ?? [];
    expect(named.filter((flag) => !flags.has(flag))).toEqual([]);
  });
});
