import { azure } from "./azure.ts";
import { fireworks } from "./fireworks.ts";
import { openai } from "./openai.ts";
import type { Target, TargetId } from "./target.ts";
import { together } from "./together.ts";

/** Every provider, in the order in which they are shown. A new one is a file and a line here. */
export const targets: readonly Target[] = [openai, azure, together, fireworks];

/** The ids of the providers, in the same order. */
export const targetIds: readonly TargetId[] = targets.map(({ id }) => id);
