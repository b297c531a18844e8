import { displayWidth } from "./display-width.ts";
import { padText, wrapText } from "./fit-text.ts";

/** How a table is laid out. */
export interface TableOptions {
  /** Of each column; default left. */
  align?: readonly ("left" | "right")[];
  /** Spaces before the first column. Default 0. */
  indent?: number;
  /** Spaces between columns. Default 2. */
  gap?: number;
  /** Columns of the terminal. The last column is wrapped to what is left of it; by default it is not. */
  width?: number;
}

/** What the last column is given at least, however narrow the terminal. */
const NARROWEST = 20;

/** Rows in aligned columns. Cells may be coloured, save a last one that is to be wrapped. */
export function formatTable(rows: readonly (readonly string[])[], options: TableOptions = {}): string[] {
  const { align = [], indent = 0, gap = 2, width } = options;
  const columns = largest(rows, (row) => row.length);
  const widths = Array.from({ length: columns }, (_, column) =>
    largest(rows, (row) => displayWidth(row[column] ?? "")),
  );
  const before = indent + widths.slice(0, -1).reduce((total, each) => total + each + gap, 0);
  const lastWidth = width === undefined ? Number.POSITIVE_INFINITY : Math.max(NARROWEST, width - before);
  return rows.flatMap((row) => {
    const cells = row
      .slice(0, columns - 1)
      .map((cell, column) => padText(cell, widths[column]!, align[column]));
    const start = " ".repeat(indent) + cells.join(" ".repeat(gap));
    if (row.length < columns || columns === 1) {
      return [(columns === 1 ? start + (row[0] ?? "") : start).trimEnd()];
    }
    const last = lastCell(row[columns - 1]!, { lastWidth, width: widths.at(-1)!, align: align[columns - 1] });
    return last.map((text, index) =>
      (index === 0 ? start + " ".repeat(gap) + text : " ".repeat(before) + text).trimEnd(),
    );
  });
}

/** A table may have more rows than a call takes arguments: one for each file that was checked. */
function largest<Row>(rows: readonly Row[], sizeOf: (row: Row) => number): number {
  return rows.reduce((most, row) => Math.max(most, sizeOf(row)), 0);
}

interface LastCell {
  lastWidth: number;
  width: number;
  align: "left" | "right" | undefined;
}

function lastCell(text: string, { lastWidth, width, align }: LastCell): string[] {
  return displayWidth(text) <= lastWidth ? [padText(text, width, align)] : wrapText(text, lastWidth);
}
