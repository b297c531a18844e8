import { createIssue, type Issue } from "@dpo-kit/schema";
import { type ProviderId, providerTitles } from "../provider-id.ts";
import { type EndDate, endDates } from "./end-dates.ts";

/** What is asked about end dates. */
export interface EndDateQuestion {
  readonly provider: ProviderId;
  readonly model: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Default: {@link endDates}. */
  readonly dates?: readonly EndDate[];
}

/** From how many days before its end on something is warned of. */
export const WARNING_DAYS = 90;

const elsewhere =
  "The same file trains elsewhere: --provider azure, --provider together or --provider fireworks, each with its own models.";

/** Errors for what has ended, warnings for what ends within {@link WARNING_DAYS} days. */
export function checkEndDates({ provider, model, today, dates = endDates }: EndDateQuestion): Issue[] {
  return dates
    .filter((end) => end.provider === provider && concerns(end, model))
    .flatMap((end) => {
      if (today >= end.refusedFrom) {
        return [issueOf(end, model, "TUNE_ENDED")];
      }
      return daysBetween(today, end.date) <= WARNING_DAYS ? [issueOf(end, model, "TUNE_ENDING")] : [];
    });
}

function issueOf(end: EndDate, model: string, code: "TUNE_ENDED" | "TUNE_ENDING"): Issue {
  const what = end.model === undefined ? providerTitles[end.provider] : model;
  return createIssue(code, {
    location: { source: end.model === undefined ? "--provider" : "--model" },
    message: `${what} ${end.what} (${end.date}; ${end.source})`,
    hint: end.provider === "openai" ? elsewhere : "Choose another model.",
    target: end.provider,
  });
}

/** Also of a model that was fine-tuned from it (`ft:gpt-4.1-nano-2025-04-14:acme::id`), and of its dated versions. */
function concerns(end: EndDate, model: string): boolean {
  if (end.model === undefined) {
    return true;
  }
  const base = model.startsWith("ft:") ? model.split(":")[1]! : model;
  return base === end.model || isVersionOf(base, end.model) || isVersionOf(end.model, base);
}

/** `gpt-4.1-2025-04-14` of `gpt-4.1`, and not `gpt-4.1-mini`. */
function isVersionOf(name: string, family: string): boolean {
  return name.startsWith(`${family}-`) && /^\d{4}-\d{2}-\d{2}$/u.test(name.slice(family.length + 1));
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
