import type { RejectedOutcome } from "@dpo-kit/batch";
import { createIssue, type Issue, type IssueDetails } from "@dpo-kit/schema";
import type { RecordProblem } from "./record-block.ts";
import type { RecordCursor } from "./record-cursor.ts";

/** How much of the text at a problem an error shows, in bytes. */
const FOUND_BYTES = 80;

/** What is to be said of a record that cannot be read as one; undefined for one that can. */
export function malformedOutcome(record: RecordCursor): RejectedOutcome | undefined {
  const issues = malformedIssues(record);
  if (issues.length === 0) {
    return undefined;
  }
  const { location: at } = record;
  return { kind: "rejected", at, issues, malformed: true, record: record.originalText() };
}

function malformedIssues(record: RecordCursor): Issue[] {
  const { problem } = record;
  if (problem !== undefined) {
    return [problemIssue(record, problem)];
  }
  const issues = record.fieldCount === record.header.length ? [] : [raggedIssue(record)];
  const invalid = record.invalidByte;
  return invalid === -1 ? issues : [...issues, encodingIssue(record, invalid)];
}

function problemIssue(record: RecordCursor, problem: RecordProblem): Issue {
  const { line, column, offset, kind, openedAtLine } = problem;
  const { source, ordinal, byteOffset = 0 } = record.location;
  const location = { source, ordinal: ordinal!, line, column, byteOffset: byteOffset + offset };
  const found = record.rawText(offset, FOUND_BYTES);
  if (kind === "unclosed-quote") {
    return createIssue("CSV_UNCLOSED_QUOTE", { location, expected: "a closing quote", found });
  }
  if (kind === "text-after-quote") {
    const opened = openedAtLine === line ? "" : `; the field begins at line ${openedAtLine}`;
    const message = `A closing quote is followed by text${opened}`;
    const hint = textAfterQuoteHint(record, offset);
    return createIssue("CSV_TEXT_AFTER_QUOTE", {
      location,
      message,
      expected: "a delimiter or the end of the line",
      found,
      ...hint,
    });
  }
  return createIssue("CSV_CELL_TOO_LARGE", {
    location,
    ...(kind === "record-too-large" ? { message: "A record is larger than twice the limit of a cell" } : {}),
    found: `${problem.bytes} bytes`,
  });
}

function textAfterQuoteHint(record: RecordCursor, offset: number): Pick<IssueDetails, "hint"> {
  if (offset >= 2 && record.rawText(offset - 2, 1) === "\\") {
    return {
      hint: 'Quotes are escaped with a backslash here. Export the file again with quotes doubled (""), as RFC 4180 has it.',
    };
  }
  return /^ +(?:$|[,;\t|])/u.test(record.rawText(offset, FOUND_BYTES))
    ? { hint: "Remove the space behind the closing quote." }
    : {};
}

function raggedIssue(record: RecordCursor): Issue {
  const expected = record.header.length;
  const found = record.fieldCount;
  const fields = (count: number): string => `${count} ${count === 1 ? "field" : "fields"}`;
  return createIssue("CSV_RAGGED_ROW", {
    location: found > expected ? withoutPath(record, expected) : record.locationAt(record.length),
    message: `The row has ${fields(found)}, the header ${expected}`,
    expected: fields(expected),
    found,
    ...raggedHint(record),
  });
}

function withoutPath(record: RecordCursor, column: number): Issue["location"] {
  const { path: _, ...location } = record.cellLocation(column);
  return location;
}

/** Space before a quote is the commonest reason that a quote does not quote. */
function raggedHint(record: RecordCursor): Pick<IssueDetails, "hint"> {
  return /[,;\t|] +"/u.test(record.rawText(0, record.length))
    ? { hint: "Remove the space before the quote: a quote opens a field only right behind the delimiter." }
    : {};
}

function encodingIssue(record: RecordCursor, offset: number): Issue {
  const path = record.columnAt(offset);
  return createIssue("IO_INVALID_ENCODING", {
    location: { ...record.locationAt(offset), ...(path === undefined ? {} : { path }) },
    expected: "UTF-8",
    found: record.rawText(offset, FOUND_BYTES),
  });
}
