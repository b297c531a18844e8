import type { TuneCreateResult, TuneJobResult, TuneListResult, TuneMetricsResult } from "@dpo-kit/pipeline";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { joinParagraphs } from "./conversion-summary.ts";
import { issueList } from "./issue-list.ts";
import { nextLines, outputLines } from "./output-lines.ts";
import { tuneMetricsLines } from "./tune-metrics-lines.ts";

type Job = TuneJobResult["job"];

/** What was created, would be, or why nothing was. */
export function tuneCreateReport(result: TuneCreateResult, style: TextStyle): string[] {
  const { issues, job, supervised, requests, state, next } = result;
  return joinParagraphs([
    issueList(issues, { groups: 10, each: 5, eachNote: 1 }, style),
    requests === undefined ? [] : requestLines(requests),
    ...(supervised === undefined ? [] : [jobLines(supervised, style)]),
    ...(job === undefined ? [] : [[...jobLines(job, style), `Remembered in ${state}`]]),
    verdict(result, style),
    nextLines(next, style),
  ]);
}

function verdict({ ok, requests, job }: TuneCreateResult, { palette }: TextStyle): string[] {
  if (!ok && job !== undefined) {
    return [
      palette.error(
        "This job of the same files and settings has ended without a model; --force-new makes another",
      ),
    ];
  }
  if (!ok) {
    return [palette.error("Nothing was uploaded: files with errors are not")];
  }
  return requests === undefined ? [] : ["Nothing was sent"];
}

function requestLines(requests: NonNullable<TuneCreateResult["requests"]>): string[] {
  return requests.flatMap(({ method, url, headers, body }) => [
    `${method} ${url}`,
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
    ...(body === undefined
      ? []
      : JSON.stringify(body, null, 2)
          .split("\n")
          .map((line) => `  ${line}`)),
  ]);
}

/** What is known of one job. */
export function tuneJobReport({ job, checkpoints, next }: TuneJobResult, style: TextStyle): string[] {
  return joinParagraphs([
    jobLines(job, style),
    checkpoints === undefined ? [] : checkpointLines(checkpoints),
    nextLines(next, style),
  ]);
}

function jobLines(job: Job, { palette }: TextStyle): string[] {
  const paint = { succeeded: palette.success, failed: palette.error, cancelled: palette.warning };
  const color = paint[job.state as keyof typeof paint] ?? palette.strong;
  const settings = Object.entries(job.hyperparameters ?? {}).map(
    ([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`,
  );
  const error = job.error === undefined ? "" : [job.error.code, job.error.message].filter(Boolean).join(": ");
  const rows = [
    ["job", job.id],
    ["status", color(job.status)],
    ["base model", job.model],
    ["method", job.method ?? ""],
    ["settings", settings.join(", ")],
    ["model", job.fineTunedModel ?? ""],
    ["why", error],
    ["trained tokens", job.trainedTokens === undefined ? "" : String(job.trainedTokens)],
  ];
  return formatTable(rows.filter(([, value]) => value !== ""));
}

function checkpointLines(checkpoints: NonNullable<TuneJobResult["checkpoints"]>): string[] {
  if (checkpoints.length === 0) {
    return ["There are no checkpoints yet."];
  }
  return formatTable([
    ["step", "model", "metrics"],
    ...checkpoints.map(({ step, model, metrics }) => [
      String(step),
      model,
      Object.entries(metrics)
        .map(([name, value]) => `${name} ${value}`)
        .join(", "),
    ]),
  ]);
}

/** The jobs of a provider. */
export function tuneListReport({ jobs }: TuneListResult): string[] {
  if (jobs.length === 0) {
    return ["There are no jobs."];
  }
  const rows = jobs.map(({ id, status, method, model, fineTunedModel }) => [
    id,
    status,
    method ?? "",
    fineTunedModel ?? model,
  ]);
  return formatTable([["job", "status", "method", "model"], ...rows]);
}

/** Charts of the metrics, and what was written. */
export function tuneMetricsReport({ series, outputs }: TuneMetricsResult, style: TextStyle): string[] {
  return joinParagraphs([tuneMetricsLines(series, style), outputLines(outputs, style)]);
}
