import {
  type CsvColumn,
  type CsvPlan,
  type CsvPlanOptions,
  convertCsv,
  detectCsv,
  encodeCsv,
  planCsv,
} from "@dpo-kit/csv";
import type { PlanFact, PlanMapping } from "../conversion-plan.ts";
import type { ReadingRequest } from "../conversion-request.ts";
import type { PipelineFormat } from "./pipeline-format.ts";

/** Delimited text with a header: comma, semicolon, tab, pipe. */
export const csvPipelineFormat: PipelineFormat = {
  id: "csv",
  title: "Delimited text (CSV, TSV)",
  detail: "a header and one pair a row; comma, semicolon, tab, pipe; any encoding; gzip",
  detect(text, request) {
    const { score, reason } = detectCsv(text, planOptions(request));
    return { confidence: score, why: reason };
  },
  plan(text, request, source) {
    const plan = planCsv(text, { ...planOptions(request), source });
    return {
      facts: factsOf(plan, request.delimiter !== undefined),
      mapping: mappingOf(plan),
      columns: plan.header,
      transforms: plan.transforms,
      losses: plan.unmapped.map((name) => ({
        what: `column ${JSON.stringify(name)}`,
        why: "no part of a pair is in it, by its name",
      })),
      convert: (decoded, options) => convertCsv(decoded, { ...options, plan, encoding: "utf-8" }),
      encode: (decoded, { encoder, ...options }) =>
        encodeCsv(decoded, { ...options, ...encoder, plan, encoding: "utf-8" }),
    };
  },
};

function planOptions({ columns, delimiter, promptTemplate, quote, system }: ReadingRequest): CsvPlanOptions {
  return { columns, delimiter, promptTemplate, quote, system };
}

const delimiterNames: Readonly<Record<string, string>> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "pipe",
};
const newlineNames: Readonly<Record<string, string>> = {
  "\n": "LF",
  "\r\n": "CRLF",
  "\r": "CR",
  mixed: "mixed",
};

function factsOf({ dialect, header }: CsvPlan, delimiterGiven: boolean): PlanFact[] {
  const { delimiter, newline, quote, reason } = dialect;
  return [
    {
      label: "delimiter",
      value: delimiterNames[delimiter] ?? JSON.stringify(delimiter),
      why: delimiterGiven ? "given with --delimiter" : reason,
    },
    { label: "line ends", value: newlineNames[newline] ?? newline },
    ...(quote === '"'
      ? []
      : [{ label: "quote", value: quote === "" ? "none" : quote, why: "given with --quote" }]),
    { label: "columns", value: String(header.length) },
  ];
}

function mappingOf({ columns, promptTemplate, system }: CsvPlan): PlanMapping[] {
  const mapping = Object.values(columns).map(columnMapping);
  if (promptTemplate !== undefined) {
    const names = promptTemplate.flatMap((part) => (part.kind === "column" ? [part.name] : []));
    mapping.unshift({
      role: "prompt",
      from: names.join(" + "),
      confidence: 1,
      why: "composed with --prompt-template",
    });
  }
  if (system !== undefined) {
    mapping.push({
      role: "system",
      from: "--system",
      confidence: 1,
      why: columns.system === undefined ? "given" : "given; for records without one",
    });
  }
  return mapping;
}

const roleNames: Readonly<Record<CsvColumn["role"], string>> = {
  prompt: "prompt",
  preferred: "preferred",
  nonPreferred: "non_preferred",
  system: "system",
  messages: "messages",
  tools: "tools",
};

function columnMapping({ role, name, confidence, structured }: CsvColumn): PlanMapping {
  const ways = {
    given: [1, "given with --columns"],
    exact: [1, "by its name"],
    synonym: [0.9, "its name is a known synonym"],
  } as const;
  const [sure, why] = ways[confidence];
  return {
    role: roleNames[role],
    from: name,
    confidence: sure,
    why: structured ? `${why}; read as ${role === "tools" ? "a list of tools" : "messages"}` : why,
  };
}
