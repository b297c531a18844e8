import type { InputSource } from "@dpo-kit/io";
import type { PlanFact } from "./conversion-plan.ts";

/** A file of a folder or archive. Its `name` says both: `chats.zip/conversations.json`. */
export interface SourceMember extends InputSource {
  /** Where it stands in the set, folders with `/`: `data/train.jsonl`. A label: nothing is ever written under it. */
  readonly path: string;
}

/**
 * A folder, or a zip archive: files that came together. A format may take it as a whole, as the exports of chat
 * services are taken; else its members are read one by one, as rows.
 */
export interface SourceSet {
  /** As the user gave it. */
  readonly name: string;
  /** `files`: several files that were given side by side. */
  readonly kind: "folder" | "zip" | "files";
  /** Sorted by path, in UTF-16 code units; without what systems put beside files (`__MACOSX/`, `.DS_Store`). */
  readonly members: readonly SourceMember[];
}

/** A source that was found: one file, or a set of files that a format takes as a whole. */
export interface FoundSource extends InputSource {
  /** The files that are one source together. `open` gives the bytes of the archive; of a folder nothing. */
  readonly set?: SourceSet;
  /** How it was found, for the plan: of which files it was chosen. */
  readonly facts?: readonly PlanFact[];
}
