import { basename } from "node:path";
import { splitOfPath } from "@dpo-kit/hub";
import type { PairFile } from "../stats/pair-files.ts";

/** The split that a file is: what the run that wrote it says, else what its name says, else `train`. */
export function splitOfFile({ input, split }: PairFile): string {
  return split ?? splitOfPath(basename(input.name)).split ?? "train";
}
