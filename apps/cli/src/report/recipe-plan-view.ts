import type { RecipePlan } from "@dpo-kit/pipeline/node";
import { countOf } from "../terminal/quantities.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { joinParagraphs } from "./conversion-summary.ts";
import { failedSourceLines } from "./failed-sources.ts";
import { nextLines } from "./output-lines.ts";
import { planParagraphs } from "./plan-view.ts";

/** The plan of a recipe: that of its sources, which of them are finished, and which would be refused. */
export function recipePlanView({ plan, finished, failed, next }: RecipePlan, style: TextStyle): string[] {
  const known =
    finished.length === 0 ? [] : [`An earlier run finished ${countOf(finished.length, "source")}:`];
  return joinParagraphs([
    ...planParagraphs(plan, style),
    [...known, ...finished.map((name) => `  ${name}`)],
    failedSourceLines(failed, style),
    nextLines(next, style),
  ]);
}
