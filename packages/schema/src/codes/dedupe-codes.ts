import type { CodeDefinition } from "./definition.ts";

/** Codes of finding duplicates and contradictions. */
export type DedupeCode = "DEDUPE_MEMORY";

export const dedupeCodes: Record<DedupeCode, CodeDefinition> = {
  DEDUPE_MEMORY: {
    kind: "refusal",
    severity: "error",
    title: "What must be remembered does not fit into the memory it may take",
    meaning:
      "To forget some of it would leave duplicates or contradictions in without a word, so the run stops instead.",
    fix: "Give it more memory (--memory 4GB), or, in a program, a store on disk: createDiskSpill of @dpo-kit/dedupe/node.",
    example: "40 million lines, 1 GB of memory, and no store on disk",
    source: "packages/dedupe/README.md",
  },
};
