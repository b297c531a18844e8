import {
  type ColumnCandidate,
  type ColumnFinding,
  type ColumnFindings,
  columnFlag,
  templateFlag,
} from "./column-findings.ts";
import { type ColumnRole, type ColumnSynonym, columnRoles, columnSynonyms } from "./column-synonyms.ts";
import { normaliseColumnName } from "./normalise-column-name.ts";

/** Roles the user has settled: the name of a column, or null for a role that no column is to have. */
export type ColumnOverrides = Readonly<Partial<Record<ColumnRole, string | null | undefined>>>;

/**
 * Finds which column has which role by name alone; values decide nothing.
 *
 * - A column the user names wins: first by its exact name, else by the one name that differs only in case,
 *   spaces and punctuation. It has no other role then, unless the user names it twice.
 * - Answers: a complete family (`chosen` beside `rejected`) beats lone names, and an explicit family beats a
 *   generic one (`best` beside `worst`), since an answer is one column; a side the user names counts with its
 *   family. Otherwise the strongest name of each side, if there is one strongest.
 * - Prompt, system, messages, tools: one column, or the finding is `ambiguous`. No name of a prompt beats
 *   another, `prompt` included: beside `input` or `context` either may be half of what the answers reply to,
 *   and a part of the prompt must not be lost silently.
 */
export function findColumns(headers: readonly string[], overrides: ColumnOverrides = {}): ColumnFindings {
  const given = new Map<ColumnRole, ColumnFinding>();
  for (const role of columnRoles) {
    const asked = overrides[role];
    if (asked !== undefined) {
      given.set(role, asked === null ? { kind: "missing" } : findNamed(role, asked, headers));
    }
  }
  const taken = new Set(
    [...given.values()].flatMap((finding) => (finding.kind === "found" ? finding.column.index : [])),
  );
  const matches = matchHeaders(headers, taken);
  const settled = pruneAnswers(matches, given);
  return Object.fromEntries(
    columnRoles.map((role) => [
      role,
      given.get(role) ?? decide(role, settled.get(role)!, matches.get(role)!),
    ]),
  ) as Record<ColumnRole, ColumnFinding>;
}

/** A column that bears a known name. */
interface Match extends ColumnSynonym {
  column: ColumnCandidate;
}

type Matches = ReadonlyMap<ColumnRole, readonly Match[]>;

function findNamed(role: ColumnRole, asked: string, headers: readonly string[]): ColumnFinding {
  const exact = indexesOf(headers, (name) => name === asked);
  const folded = normaliseColumnName(asked);
  const found =
    exact.length > 0 || folded === ""
      ? exact
      : indexesOf(headers, (name) => normaliseColumnName(name) === folded);
  const candidates = found.map(
    (index): ColumnCandidate => ({ index, name: headers[index]!, confidence: "given" }),
  );
  if (candidates.length === 1) {
    return { kind: "found", column: candidates[0]!, passedOver: [] };
  }
  return candidates.length === 0
    ? { kind: "unknown", asked, headers }
    : { kind: "ambiguous", candidates, flags: flagsFor(role, candidates) };
}

function indexesOf(headers: readonly string[], test: (name: string) => boolean): number[] {
  return headers.flatMap((name, index) => (test(name) ? index : []));
}

const knownNames: ReadonlyMap<string, { role: ColumnRole; synonym: ColumnSynonym }> = new Map(
  columnRoles.flatMap((role) =>
    columnSynonyms[role].map((synonym) => [normaliseColumnName(synonym.name), { role, synonym }] as const),
  ),
);

function matchHeaders(headers: readonly string[], taken: ReadonlySet<number>): Matches {
  const matches = new Map<ColumnRole, Match[]>(columnRoles.map((role) => [role, []]));
  for (const [index, name] of headers.entries()) {
    const folded = normaliseColumnName(name);
    const known = taken.has(index) ? undefined : knownNames.get(folded);
    if (known !== undefined) {
      const exact = folded === normaliseColumnName(known.role);
      const column: ColumnCandidate = { index, name, confidence: exact ? "exact" : "synonym" };
      matches.get(known.role)!.push({ ...known.synonym, column });
    }
  }
  return matches;
}

/** Of both answers only the columns of the strongest complete family, if there is one; else the strongest names. */
function pruneAnswers(matches: Matches, given: ReadonlyMap<ColumnRole, ColumnFinding>): Matches {
  const worseFamilies = familiesOf("nonPreferred", matches, given);
  const complete = familiesOf("preferred", matches, given).filter((family) => worseFamilies.includes(family));
  const ofComplete = answerRoles.flatMap((role) =>
    matches.get(role)!.filter(({ family }) => complete.includes(family)),
  );
  const families = new Set(strongest(ofComplete).map(({ family }) => family));
  const pruned = new Map(matches);
  for (const role of answerRoles) {
    const side = matches.get(role)!;
    pruned.set(role, families.size > 0 ? side.filter(({ family }) => families.has(family)) : strongest(side));
  }
  return pruned;
}

const answerRoles = ["preferred", "nonPreferred"] as const;

/** The families that an answer's columns belong to; of a column the user names, its own. */
function familiesOf(
  role: ColumnRole,
  matches: Matches,
  given: ReadonlyMap<ColumnRole, ColumnFinding>,
): unknown[] {
  const finding = given.get(role);
  if (finding === undefined) {
    return [...new Set(matches.get(role)!.map(({ family }) => family))];
  }
  const known =
    finding.kind === "found" ? knownNames.get(normaliseColumnName(finding.column.name)) : undefined;
  return known?.role === role ? [known.synonym.family] : [];
}

function strongest(matches: readonly Match[]): readonly Match[] {
  const explicit = matches.filter(({ strength }) => strength === "explicit");
  return explicit.length > 0 ? explicit : matches;
}

function decide(role: ColumnRole, open: readonly Match[], all: readonly Match[]): ColumnFinding {
  const candidates = open.map(({ column }) => column);
  if (candidates.length === 0) {
    return { kind: "missing" };
  }
  if (candidates.length > 1) {
    return { kind: "ambiguous", candidates, flags: flagsFor(role, candidates) };
  }
  const passedOver = all.map(({ column }) => column).filter((column) => column !== candidates[0]);
  return { kind: "found", column: candidates[0]!, passedOver };
}

function flagsFor(role: ColumnRole, candidates: readonly ColumnCandidate[]): string[] {
  const names = [...new Set(candidates.map(({ name }) => name))];
  const flags = names.map((name) => columnFlag(role, name));
  return role === "prompt" && names.length > 1 ? [...flags, templateFlag(names)] : flags;
}
