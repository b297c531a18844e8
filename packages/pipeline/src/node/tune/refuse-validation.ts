import { DataError } from "@dpo-kit/schema";
import type { ProviderId } from "@dpo-kit/tune";

/**
 * Refuses a validation file where DPO jobs take none (https://docs.fireworks.ai/api-reference/create-dpo-job).
 * @throws TUNE_SETTING_UNSUPPORTED
 */
export function refuseValidation(
  { validation }: { readonly validation?: string },
  provider: ProviderId,
): void {
  if (validation !== undefined && provider === "fireworks") {
    throw new DataError("TUNE_SETTING_UNSUPPORTED", {
      message: "DPO jobs at Fireworks take no validation file",
      hint: "Leave out --validation.",
    });
  }
}
