import { createIssue, type Issue } from "@dpo-kit/schema";
import type { LeakReport } from "./leak-check.ts";

/** The issues of prompts that are in more than one file: of the first 20, one for each file after its first. */
export function leakIssues({ examples }: LeakReport, fileNames: readonly string[]): Issue[] {
  return examples.flatMap(([first, ...others]) =>
    others.map(({ file, line }) =>
      createIssue("SPLIT_LEAK", {
        message: `The prompt is also in ${fileNames[first!.file]}, line ${first!.line}`,
        location: { source: fileNames[file]!, line },
      }),
    ),
  );
}
