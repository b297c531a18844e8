import {
  type ColumnFindings,
  type ColumnOverrides,
  type ColumnRole,
  columnRoles,
  findColumns,
  looksLikeMessages,
  parseStructuredText,
} from "@dpo-kit/preference";
import { DataError, isBlank, type TransformName } from "@dpo-kit/schema";
import { refuseUnmapped } from "./column-errors.ts";
import type { CsvPlanOptions } from "./csv-options.ts";
import type { CsvColumn, CsvPlan, CsvPromptSource } from "./csv-plan.ts";
import { type CsvText, planTable } from "./plan-table.ts";
import { type PromptTemplate, parsePromptTemplate } from "./prompt-template.ts";
import type { Sample } from "./read-sample.ts";

/**
 * Says what would be done with a delimited text: its dialect, its columns, what of it would be lost. It is a
 * pure function of the beginning of the text and the options, and reads no further.
 *
 * A prompt or answer column is structured only if every sampled cell that is not empty reads as a list of
 * messages; columns of messages and tools always are.
 *
 * @throws CSV_NO_HEADER CSV_COLUMN_MISSING CSV_COLUMN_AMBIGUOUS CSV_COLUMN_UNKNOWN CSV_DUPLICATE_COLUMN
 * CSV_TEMPLATE_INVALID CSV_TOO_MANY_COLUMNS RUN_OPTION_INVALID
 */
export function planCsv(text: CsvText, options: CsvPlanOptions = {}): CsvPlan {
  const source = options.source ?? "-";
  const tableOptions = { ...options, source, columnNames: namesIn(options) };
  const { dialect, sample, header } = planTable(text, tableOptions);
  const template = templateOf(options, header, source);
  const findings = findColumns(header, overridesOf(options, template));
  const columns = columnsOf(findings, sample);
  const promptFrom = promptSource(columns, template);
  refuseUnmapped(findings, requiredRoles(promptFrom), { header, source });
  return {
    format: "csv",
    dialect,
    header,
    columns,
    promptFrom: promptFrom!,
    ...(template === undefined ? {} : { promptTemplate: template }),
    ...(options.system === undefined || isBlank(options.system) ? {} : { system: options.system }),
    unmapped: unmappedNames(header, columns, template),
    confidence: Math.min(dialect.confidence, ...Object.values(columns).map(confidenceOf)),
    transforms: plannedTransforms({ columns, promptFrom, options, text }),
    byteOrderMark: text.byteOrderMark ?? false,
    encoding: text.encoding ?? "utf-8",
  };
}

function namesIn(options: CsvPlanOptions): string[] {
  const names = Object.values(options.columns ?? {}).filter((name) => typeof name === "string");
  const inTemplate = [...(options.promptTemplate ?? "").matchAll(/\{([^{}]+)\}/gu)].map(([, name]) => name!);
  return [...names, ...inTemplate];
}

function templateOf(
  options: CsvPlanOptions,
  header: readonly string[],
  source: string,
): PromptTemplate | undefined {
  if (options.promptTemplate === undefined) {
    return undefined;
  }
  if (typeof options.columns?.prompt === "string") {
    throw new DataError("RUN_OPTION_INVALID", {
      message: "A prompt column and a prompt template were given; the prompt can come of one of them only",
      hint: "Leave out prompt=… of --columns, or --prompt-template.",
      location: { source },
    });
  }
  return parsePromptTemplate(options.promptTemplate, header, source);
}

/** With a template no column is the prompt. */
function overridesOf(options: CsvPlanOptions, template: PromptTemplate | undefined): ColumnOverrides {
  return template === undefined ? { ...options.columns } : { ...options.columns, prompt: null };
}

function columnsOf(findings: ColumnFindings, sample: Sample): Partial<Record<ColumnRole, CsvColumn>> {
  const columns: Partial<Record<ColumnRole, CsvColumn>> = {};
  for (const role of columnRoles) {
    const finding = findings[role];
    if (finding.kind === "found") {
      const { index, name, confidence } = finding.column;
      columns[role] = { role, index, name, confidence, structured: isStructured(role, index, sample) };
    }
  }
  return columns;
}

function isStructured(role: ColumnRole, column: number, sample: Sample): boolean {
  if (role === "system") {
    return false;
  }
  return role === "messages" || role === "tools" || holdsMessages(sample, column);
}

/** Whether there are cells that are not empty in the sample, and each of them is a list of messages. */
function holdsMessages({ header, fieldCounts, cell }: Sample, column: number): boolean {
  let filled = 0;
  for (const [record, fields] of fieldCounts.entries()) {
    const text = fields === header.length ? cell(record, column) : "";
    if (isBlank(text)) {
      continue;
    }
    if (!looksLikeMessages(parseStructuredText(text)?.value)) {
      return false;
    }
    filled += 1;
  }
  return filled > 0;
}

function promptSource(
  columns: Partial<Record<ColumnRole, CsvColumn>>,
  template: PromptTemplate | undefined,
): CsvPromptSource | undefined {
  if (template !== undefined) {
    return "template";
  }
  if (columns.prompt !== undefined) {
    return "column";
  }
  if (columns.messages !== undefined) {
    return "messages";
  }
  return columns.preferred?.structured && columns.nonPreferred?.structured ? "answers" : undefined;
}

function requiredRoles(promptFrom: CsvPromptSource | undefined): ColumnRole[] {
  return promptFrom === undefined ? ["prompt", "preferred", "nonPreferred"] : ["preferred", "nonPreferred"];
}

function unmappedNames(
  header: readonly string[],
  columns: Partial<Record<ColumnRole, CsvColumn>>,
  template: PromptTemplate | undefined,
): string[] {
  const used = new Set(Object.values(columns).map(({ index }) => index));
  for (const part of template ?? []) {
    if (part.kind === "column") {
      used.add(part.index);
    }
  }
  return header.filter((_, index) => !used.has(index));
}

function confidenceOf({ confidence }: CsvColumn): number {
  return confidence === "synonym" ? 0.9 : 1;
}

function plannedTransforms(plan: {
  columns: Partial<Record<ColumnRole, CsvColumn>>;
  promptFrom: CsvPromptSource | undefined;
  options: CsvPlanOptions;
  text: CsvText;
}): TransformName[] {
  const { columns, promptFrom, options, text } = plan;
  const { prompt, preferred, nonPreferred, messages } = columns;
  const planned: [TransformName, boolean][] = [
    ["byte-order-mark-removed", text.byteOrderMark === true],
    ["encoding-to-utf-8", (text.encoding ?? "utf-8") !== "utf-8"],
    ["system-from-column", columns.system !== undefined],
    ["system-from-option", options.system !== undefined && !isBlank(options.system)],
    ["prompt-from-template", promptFrom === "template"],
    ["prompt-from-last-user-message", promptFrom === "messages"],
    [
      "cell-parsed-as-messages",
      [prompt, preferred, nonPreferred, messages].some((column) => column?.structured === true),
    ],
  ];
  return planned.filter(([, isPlanned]) => isPlanned).map(([name]) => name);
}
