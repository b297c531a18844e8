import type { CodeDefinition } from "./definition.ts";

/** Codes of finding duplicates and contradictions. */
export type DedupeCode = "DEDUPE_MEMORY" | "DEDUPE_CONFLICT" | "DEDUPE_REMOVES_TOO_MANY";

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
  DEDUPE_CONFLICT: {
    kind: "refusal",
    severity: "error",
    title: "Pairs of one prompt contradict each other",
    meaning:
      "Each answer is better than the other in some pair, or preferences go around in a circle: such pairs pull the model in opposite directions. You asked to stop at the first (--conflicts error).",
    fix: "Look at them with --list-conflicts conflicts.jsonl, then mend them or choose --conflicts majority, keep-first or drop.",
    example: "line 3 prefers Yes to No, and line 8 prefers No to Yes, for the same prompt",
    source: "packages/dedupe/README.md",
  },
  DEDUPE_REMOVES_TOO_MANY: {
    kind: "refusal",
    severity: "error",
    title: "More pairs are near duplicates than may go",
    meaning:
      "Where a large part of a set is near duplicates, it is often not repeated but made from a template, and what would go is what it is about. So nothing was taken out.",
    fix: "Look at some of them; then raise --near (0.9), compare another part with --near-on, or allow it with --allow-removal 50%.",
    example: "10,000 prompts that are one page of instructions and differ in a name",
    source: "https://github.com/marin-community/marin/issues/6854",
  },
};
