import type { OutputRecord } from "@dpo-kit/pipeline";
import { countOf, formatBytes } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";

/** The files that were written, with lines and bytes. */
export function outputLines(outputs: readonly OutputRecord[], { palette }: TextStyle): string[] {
  const rows = outputs.map(({ kind, path, lines, bytes }) => [
    kind,
    palette.hint(path === "-" ? "standard output" : path),
    // Manifest and SARIF are one JSON document each: their lines say nothing.
    kind === "manifest" || kind === "sarif" ? "" : countOf(lines, "line"),
    formatBytes(bytes),
  ]);
  return formatTable(rows, { align: ["left", "left", "right", "right"] });
}

/** Commands worth running next. */
export function nextLines(next: readonly string[], { palette }: TextStyle): string[] {
  return next.map((command, index) => `${index === 0 ? "next  " : "      "}${palette.hint(command)}`);
}
