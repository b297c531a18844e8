import { stringify } from "yaml";
import type { SourcePlan } from "../conversion-plan.ts";
import type { OptionDeclaration } from "../options/option-declaration.ts";
import type { Allowance, ColumnNames } from "../options/parse-option.ts";
import type { SourceOptions } from "./recipe.ts";
import { recipePath, sourceOptions } from "./recipe-options.ts";
import { RECIPE_SCHEMA_ADDRESS } from "./recipe-schema.ts";

/** One source of a recipe that is written: what it is read from, how, and what was found out about it. */
export interface DraftSource {
  /** A path relative to the recipe, a pattern, or an address. */
  readonly from: string;
  readonly options: SourceOptions;
  /** Of each file that it names. */
  readonly plans: readonly SourcePlan[];
}

/**
 * A recipe with comments, to be changed by whoever asked for it. What was found out is written down, so that it
 * stays as it is when the data changes; what might be wanted stands in comments.
 */
export function formatRecipe(sources: readonly DraftSource[]): string {
  return [
    `# yaml-language-server: $schema=${RECIPE_SCHEMA_ADDRESS}`,
    "# What dpo run does. Every option of dpo convert has a key here, with _ in place of -.",
    `# Paths are relative to this file. \${NAME} and \${NAME:-default} stand for variables of the environment.`,
    "version: 1",
    "",
    "sources:",
    ...sources.flatMap(sourceLines),
    "",
    ...choices,
    "",
    "output:",
    "  dir: out",
    "  # export: [trl, sft] # also write it for these trainers: docs/exports.md",
    "",
  ].join("\n");
}

/** What is often wanted, and what it does. */
const choices = [
  "# Take a # away to have it done.",
  "# target: [openai, together] # lines must meet the rules of all of these",
  "# dedupe: normalised # off, exact, normalised: take out repeated pairs",
  "# conflicts: drop # keep, keep-first, majority, drop, error: pairs that contradict each other",
  "# near: 0.8 # take out pairs that are at least this alike",
  "# split: { train: 0.9, validation: 0.1 } # no prompt is in two files",
  "# allow_rejects: 1% # end with 0 while no more records than this are bad",
  "# provenance: true # also write where each line comes from",
];

function sourceLines({ from, options, plans }: DraftSource): string[] {
  const [plan] = plans;
  const columns = options.columns ?? columnsOf(plan);
  const rest = optionLines({ ...options, ...(columns === undefined ? {} : { columns }) });
  return [
    ...plans.slice(0, MOST_TOLD).map((one) => `  # ${describe(one)}`),
    ...(plans.length > MOST_TOLD ? [`  # and ${plans.length - MOST_TOLD} more files`] : []),
    `  - from: ${scalar(from)}`,
    ...indent(rest, 4),
    ...(plan?.mapping ?? []).map(
      ({ role, from: column, why }) => `    # ${oneLine(`${role}: ${column} (${why})`)}`,
    ),
    ...(plan?.losses ?? [])
      .slice(0, MOST_TOLD)
      .map(({ what, why }) => `    # left out: ${oneLine(`${what} (${why})`)}`),
    "    # where: score >= 4 and lang in ['en', 'de'] # keep only such pairs",
    "    # limit: 1000 # read no more records than this",
  ];
}

const MOST_TOLD = 5;

function describe({ source, formatTitle, facts, sample }: SourcePlan): string {
  const told = facts.filter(({ label }) => label !== "format").map(({ label, value }) => `${label} ${value}`);
  const counted = `${sample.complete ? "" : "the first "}${sample.records} records: ${sample.pairs} pairs`;
  return oneLine([`${source}: ${formatTitle}`, ...told, counted].join("; "));
}

/** Columns are written down where the format has them; in other formats the parts of a pair are not chosen. */
function columnsOf(plan: SourcePlan | undefined): ColumnNames | undefined {
  if (plan?.format !== "csv") {
    return undefined;
  }
  const roles = new Set(["prompt", "preferred", "non_preferred", "system", "messages", "tools"]);
  const found = plan.mapping.filter(({ role, from }) => roles.has(role) && plan.columns.includes(from));
  const isClear = new Set(found.map(({ from }) => from)).size === found.length && found.length > 0;
  return isClear
    ? Object.fromEntries(
        found.map(({ role, from }) => [role === "non_preferred" ? "nonPreferred" : role, from]),
      )
    : undefined;
}

function optionLines(options: SourceOptions): string[] {
  const values = options as Readonly<Record<string, unknown>>;
  const tree: Record<string, unknown> = {};
  for (const option of sourceOptions.filter(({ name }) => values[name] !== undefined)) {
    const [key, inner] = recipePath(option) as [string, string?];
    const value = plainValue(option, values[option.name]);
    tree[key] = inner === undefined ? value : { ...(tree[key] as object | undefined), [inner]: value };
  }
  return Object.keys(tree).length === 0 ? [] : stringify(tree, { lineWidth: 0 }).trimEnd().split("\n");
}

/** A value as a recipe has it: what `optionSchema` takes. */
function plainValue({ type }: OptionDeclaration, value: unknown): unknown {
  switch (type) {
    case "columns": {
      const { nonPreferred, ...columns } = value as ColumnNames;
      return { ...columns, ...(nonPreferred === undefined ? {} : { non_preferred: nonPreferred }) };
    }
    case "allowance":
    case "margin": {
      const { kind, value: amount } = value as Allowance | { kind: "ratio"; value: number };
      return kind === "percent" ? `${amount}%` : kind === "ratio" ? `${amount}x` : amount;
    }
    default:
      return typeof value === "string" ? withoutVariables(value) : value;
  }
}

function scalar(text: string): string {
  return stringify(withoutVariables(text), { lineWidth: 0 }).trimEnd();
}

/** A text that is to stay as it is. */
function withoutVariables(text: string): string {
  return text.replaceAll("$\u007b", "$$$\u007b");
}

/** A comment ends with its line, whatever a file is called. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}

function indent(lines: readonly string[], by: number): string[] {
  return lines.map((line) => " ".repeat(by) + line);
}
