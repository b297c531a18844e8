import { DataError, type Issue } from "@dpo-kit/schema";
import type { JobSettings } from "../job-request.ts";
import type { ProviderId } from "../provider-id.ts";
import { checkEndDates } from "./check-end-dates.ts";
import { checkJobSettings } from "./check-job-settings.ts";

/**
 * Checks settings and end dates, and gives the warnings.
 *
 * @param today `YYYY-MM-DD`.
 * @throws TUNE_SETTING_INVALID TUNE_SETTING_UNSUPPORTED TUNE_ENDED with all issues.
 */
export function requireValidSettings(settings: JobSettings, provider: ProviderId, today: string): Issue[] {
  const issues = [
    ...checkJobSettings(settings, provider),
    ...checkEndDates({ provider, model: settings.model, today }),
  ];
  const errors = issues.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first !== undefined) {
    const { code, message, hint, location } = first;
    throw new DataError(code, { message, hint, location, issues: errors });
  }
  return issues;
}
