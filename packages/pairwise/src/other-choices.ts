import { columnFlag, columnSynonyms, normaliseColumnName } from "@dpo-kit/preference";
import { findColumnName } from "./candidates/member.ts";
import type { ColumnSummary, RowSample } from "./row-sample.ts";
import { columnOf, type OtherChoice, type ShapeClaim } from "./shape.ts";
import { verdictNames } from "./verdicts/find-verdict.ts";

const promptNames: ReadonlySet<string> = new Set(
  columnSynonyms.prompt.map(({ name }) => normaliseColumnName(name)),
);

const promptKinds: ReadonlySet<string> = new Set(["text", "messages", "messages-text", "turns"]);

/** What columns without a part could be, by their names: another prompt, another verdict; and other scores. */
export function otherChoices(
  claim: ShapeClaim & { readonly otherScores?: readonly string[] | undefined },
  { columns }: RowSample,
): OtherChoice[] {
  const used = new Set(claim.mapping.map(({ column }) => column));
  const free = columns.filter(({ name, filled }) => filled > 0 && !used.has(name));
  return [
    ...(columnOf(claim, "prompt") === undefined ? [] : free.flatMap(asPrompt)),
    ...(columnOf(claim, "verdict") === undefined ? [] : free.flatMap(asVerdict)),
    ...(claim.otherScores ?? []).map((name) => ({ what: `${name} decides`, flag: `--score ${name}` })),
  ];
}

function asPrompt({ name, kind }: ColumnSummary): OtherChoice[] {
  const isPrompt = promptNames.has(normaliseColumnName(name)) && kind !== undefined && promptKinds.has(kind);
  return isPrompt ? [{ what: `${name} is the prompt`, flag: columnFlag("prompt", name) }] : [];
}

function asVerdict({ name, distinct }: ColumnSummary): OtherChoice[] {
  const isVerdict = findColumnName([name], verdictNames) !== undefined && distinct !== undefined;
  return isVerdict ? [{ what: `${name} is the verdict`, flag: `--verdict ${name}` }] : [];
}
