import type { Message } from "@dpo-kit/schema";

/**
 * An answer that was judged by itself, and that no other answer to its prompt can be set against: a line of
 * unpaired preferences as TRL's KTO trainer reads it. https://huggingface.co/docs/trl/kto_trainer
 */
export interface UnpairedExample {
  readonly prompt: readonly Message[];
  readonly completion: readonly Message[];
  /** True: the answer is good. */
  readonly label: boolean;
}
