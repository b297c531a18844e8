import type { TargetId } from "@dpo-kit/schema";

/** The providers whose answer the summary gives, in its order. */
export const reportTargets: readonly TargetId[] = ["openai", "azure", "together", "fireworks"];
