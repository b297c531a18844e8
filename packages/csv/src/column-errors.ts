import {
  type ColumnFinding,
  type ColumnFindings,
  type ColumnRole,
  columnFlag,
  columnFlagNames,
  columnRoles,
  columnRoleTitles,
} from "@dpo-kit/preference";
import { DataError, type IssueCode } from "@dpo-kit/schema";
import { listNames, nearNames } from "./column-names.ts";

/** One thing that keeps the columns from being mapped. */
interface ColumnProblem {
  code: IssueCode;
  message: string;
  hint: string;
}

/** In this order the first one's code is the error's. */
const codeOrder: readonly IssueCode[] = [
  "CSV_COLUMN_UNKNOWN",
  "CSV_DUPLICATE_COLUMN",
  "CSV_COLUMN_AMBIGUOUS",
  "CSV_COLUMN_MISSING",
];

/**
 * Throws if columns are unknown, ambiguous or missing: one error that tells all of it, with flags to paste.
 *
 * @param required the parts that a column must play.
 * @throws CSV_COLUMN_UNKNOWN CSV_DUPLICATE_COLUMN CSV_COLUMN_AMBIGUOUS CSV_COLUMN_MISSING
 */
export function refuseUnmapped(
  findings: ColumnFindings,
  required: readonly ColumnRole[],
  file: { header: readonly string[]; source: string },
): void {
  const { header, source } = file;
  const missing = required.filter((role) => findings[role].kind === "missing");
  const problems = columnRoles
    .flatMap((role) => problemOf(role, findings[role], header) ?? [])
    .concat(missing.length === 0 ? [] : missingProblem(missing, findings, header));
  if (problems.length === 0) {
    return;
  }
  problems.sort((one, other) => codeOrder.indexOf(one.code) - codeOrder.indexOf(other.code));
  throw new DataError(problems[0]!.code, {
    message: `${problems.map(({ message }) => message).join("; ")}. The columns are: ${listNames(header)}`,
    hint: problems.map(({ hint }) => hint).join("\n"),
    location: { source, line: 1 },
  });
}

function problemOf(
  role: ColumnRole,
  finding: ColumnFinding,
  header: readonly string[],
): ColumnProblem | undefined {
  const title = `${columnFlagNames[role]} (${columnRoleTitles[role]})`;
  if (finding.kind === "unknown") {
    const near = nearNames(finding.asked, header).map((name) => columnFlag(role, name));
    return {
      code: "CSV_COLUMN_UNKNOWN",
      message: `There is no column ${JSON.stringify(finding.asked)} for ${title}`,
      hint:
        near.length > 0
          ? `Did you mean ${near.join(" or ")}?`
          : "Use a name of the header, as it is written there.",
    };
  }
  if (finding.kind !== "ambiguous") {
    return undefined;
  }
  const names = finding.candidates.map(({ name }) => name);
  if (new Set(names).size === 1) {
    return {
      code: "CSV_DUPLICATE_COLUMN",
      message: `${names.length} columns are called ${JSON.stringify(names[0])}, so it is unclear which is ${title}`,
      hint: "Rename one of them in the file.",
    };
  }
  return {
    code: "CSV_COLUMN_AMBIGUOUS",
    message: `Several columns could be ${title}: ${listNames(names)}`,
    hint: `Say which: ${finding.flags.join("  or  ")}`,
  };
}

function missingProblem(
  missing: readonly ColumnRole[],
  findings: ColumnFindings,
  header: readonly string[],
): ColumnProblem {
  const titles = missing.map((role) => `${columnFlagNames[role]} (${columnRoleTitles[role]})`);
  const free = freeNames(findings, header);
  // With more columns left than parts, an example would be a guess.
  const flags = missing.map((role, index) => columnFlag(role, free[index] ?? "NAME"));
  const example =
    free.length === missing.length ? `, for instance ${flags.join(" ")} if these are meant` : "";
  const places = missing.map((role) => `${columnFlagNames[role]}=NAME`).join(",");
  return {
    code: "CSV_COLUMN_MISSING",
    message: `No column has a name known for ${titles.join(" and ")}`,
    hint: `Name what is meant: --columns ${places}${example}.`,
  };
}

/** The columns that play no part yet. */
function freeNames(findings: ColumnFindings, header: readonly string[]): string[] {
  const taken = new Set(
    Object.values(findings).flatMap((finding) => (finding.kind === "found" ? finding.column.index : [])),
  );
  return header.filter((name, index) => name !== "" && !taken.has(index));
}
