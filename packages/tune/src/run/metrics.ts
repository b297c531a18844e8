import type { JobMetrics } from "../job.ts";

/** The finite numbers of an object, by name. */
export function numbersOf(value: unknown): JobMetrics {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter(([, number]) => typeof number === "number" && Number.isFinite(number)),
  ) as JobMetrics;
}

/**
 * Reads a file of metrics: CSV with a header line, of OpenAI encoded as base64
 * (https://platform.openai.com/docs/guides/supervised-fine-tuning). Empty cells and those that are no number are left out.
 */
export function parseMetrics(text: string): JobMetrics[] {
  const [header = "", ...rows] = decodeResult(text).trim().split(/\r?\n/u);
  const names = header.split(",").map((name) => name.trim());
  return rows
    .map((row) => {
      const cells = row.split(",");
      return Object.fromEntries(
        names
          .map((name, index): [string, number] => [name, numberOf(cells[index])])
          .filter(([, number]) => Number.isFinite(number)),
      );
    })
    .filter((row) => Object.keys(row).length > 0);
}

function numberOf(cell: string | undefined): number {
  const text = cell?.trim() ?? "";
  return text === "" ? Number.NaN : Number(text);
}

function decodeResult(text: string): string {
  const compact = text.replace(/\s+/gu, "");
  if (!/^[A-Za-z0-9+/]+=*$/u.test(compact)) {
    return text;
  }
  try {
    return atob(compact);
  } catch {
    return text;
  }
}

/** Metrics as CSV: a column for each name, in the order in which names first appear, `step` first. */
export function formatMetrics(rows: readonly JobMetrics[]): string {
  const names = metricNames(rows);
  const lines = rows.map((row) => names.map((name) => row[name] ?? "").join(","));
  return `${[names.map(csvName).join(","), ...lines].join("\n")}\n`;
}

/** The names of all metrics, `step` first. */
export function metricNames(rows: readonly JobMetrics[]): string[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  const hasStep = names.delete("step");
  return [...(hasStep ? ["step"] : []), ...names];
}

function csvName(name: string): string {
  return /[",\r\n]/u.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
