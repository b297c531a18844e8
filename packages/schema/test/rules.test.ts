import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { issueCodes } from "../src/codes/index.ts";
import { lineCodes } from "../src/codes/line-codes.ts";
import {
  type FileFacts,
  formatFileRules,
  formatRules,
  type Issue,
  type RuleOrigin,
  safeParseExample,
  targetIds,
  targets,
  validateExample,
  validateFile,
} from "../src/index.ts";
import { linePartsOf } from "../src/rules/line-parts.ts";
import { packageFolder, type RuleCase, readRuleCases, readValidLines } from "./rule-cases.ts";

const cases = readRuleCases();
const location = { source: "case" };
const noFacts: FileFacts = { lines: 1000, bytes: 1, hasByteOrderMark: false, blankLines: 0, crlf: false };

function issuesOf({ line, text, facts }: RuleCase): Issue[] {
  if (facts !== undefined) {
    return validateFile(facts, targetIds, location);
  }
  return text === undefined
    ? validateExample(line, { targets: targetIds, location })
    : safeParseExample(text, { targets: targetIds, location }).issues;
}

const rules: readonly (RuleOrigin & { target?: string })[] = [
  ...formatRules,
  ...formatFileRules,
  ...targets.flatMap(({ id, lineRules, fileRules }) =>
    [...lineRules, ...fileRules].map((rule) => ({ ...rule, target: id })),
  ),
];

describe("fixtures", () => {
  test.each(cases.filter(({ isBad }) => isBad))("$file fires", (ruleCase) => {
    const { severity, path, target } = ruleCase.expected!;
    const found = issuesOf(ruleCase).map((issue) => ({
      code: issue.code,
      severity: issue.severity,
      path: issue.location.path,
      target: issue.target,
    }));
    expect(found).toContainEqual({ code: ruleCase.code, severity, path, target });
  });

  test.each(cases.filter(({ isBad }) => !isBad))("$file is silent", (ruleCase) => {
    expect(issuesOf(ruleCase).map(({ code }) => code)).not.toContain(ruleCase.code);
  });

  test.each(readValidLines())("$name has no issue for any provider", ({ line }) => {
    expect(validateExample(line, { targets: targetIds })).toEqual([]);
  });
});

describe("rules", () => {
  test.each(rules)("$code of $target has a case that fires and one that is silent", ({ code, target }) => {
    const own = cases.filter((ruleCase) => ruleCase.code === code);
    expect(own.filter(({ isBad, expected }) => isBad && expected?.target === target)).not.toEqual([]);
    expect(own.filter(({ isBad }) => !isBad)).not.toEqual([]);
  });

  test.each(rules)(
    "$code of $target is registered, and says where it comes from and when that was read",
    (rule) => {
      expect(Object.keys(lineCodes)).toContain(rule.code);
      expect(rule.source).toMatch(/^https:\/\//u);
      expect(rule.date).toMatch(/^20\d\d-[01]\d-[0-3]\d$/u);
    },
  );

  test("every code of lines and files is reported by a rule, or by reading the JSON", () => {
    const reported = new Set<string>(["LINE_INVALID_JSON", ...rules.map(({ code }) => code)]);
    expect(Object.keys(lineCodes).filter((code) => !reported.has(code))).toEqual([]);
  });

  test("every folder of cases is a registered code, and every bad case says what is expected", () => {
    for (const { code, isBad, expected } of cases) {
      expect(Object.keys(lineCodes)).toContain(code);
      expect(expected !== undefined).toBe(isBad);
    }
  });

  test("checks report only codes that their rules have", () => {
    // A code without a rule would be passed over in silence.
    const known = new Set(rules.map(({ code }) => code));
    const seen = new Set<string>();
    const report = { at: () => report, leave: () => undefined, add: (code: string) => seen.add(code) };
    for (const { line } of cases) {
      for (const { check } of [...formatRules, ...targets.flatMap(({ lineRules }) => lineRules)]) {
        check(linePartsOf(line), report as never);
      }
    }
    expect([...seen].filter((code) => !known.has(code as never))).toEqual([]);
  });

  test("nothing is said of a file that has nothing wrong", () => {
    expect(validateFile(noFacts, targetIds, location)).toEqual([]);
  });
});

describe("the registry", () => {
  test.each(Object.entries(issueCodes))("%s says what it means and what to do", (_, definition) => {
    expect(definition.title).toMatch(/\S/u);
    expect(definition.title).not.toMatch(/\.$/u);
    expect(definition.meaning).toMatch(/\S/u);
    expect(definition.fix).toMatch(/\S/u);
    expect(definition.example).toMatch(/\S/u);
  });

  test.each(Object.entries(issueCodes))(
    "%s has a link for its source, or a page that is there",
    (_, { source }) => {
      if (!/^https:\/\/\S+(?: section [\d.]+)?$/u.test(source)) {
        expect(source).toMatch(/\.md$/u);
        expect(existsSync(join(packageFolder, "..", "..", source))).toBe(true);
      }
    },
  );

  test.each(Object.entries(lineCodes))("%s has a source outside of this project", (_, { source }) => {
    expect(source).toMatch(/^https:\/\//u);
  });
});
