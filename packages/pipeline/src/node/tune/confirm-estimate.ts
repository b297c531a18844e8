import { DataError } from "@dpo-kit/schema";
import type { TuneRunEnvironment } from "../../tune/tune-request.ts";
import type { TuneEstimate } from "../../tune/tune-result.ts";

/**
 * Shows what is about to be spent, and asks unless the answer is known.
 * @throws TUNE_NOT_CONFIRMED
 */
export async function confirmEstimate(
  estimate: TuneEstimate,
  { yes = false }: { readonly yes?: boolean | undefined },
  { onEstimate, confirm, signal }: TuneRunEnvironment,
): Promise<void> {
  onEstimate?.(estimate);
  const isAgreed = yes || (confirm !== undefined && (await confirm(estimate)));
  signal?.throwIfAborted();
  if (!isAgreed) {
    throw new DataError("TUNE_NOT_CONFIRMED");
  }
}
