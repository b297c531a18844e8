import type { UnitLedger } from "@dpo-kit/batch";
import type { GatherStore } from "@dpo-kit/preference";
import type { JsonValue } from "@dpo-kit/schema";
import type { TaskFieldNames } from "./annotations/task-field-names.ts";
import type { ChatDetection } from "./detect-chat.ts";
import type { ChatCounts } from "./pairs/chat-counts.ts";
import type { ChatPairOptions } from "./pairs/chat-pair-options.ts";

/** How chat logs become preference pairs. */
export interface ChatConvertOptions extends ChatPairOptions {
  /** The id of a format: the files are read as that, whatever else they look like. */
  readonly from?: string | undefined;
  /** Which fields of annotated tasks are what, where their names do not tell. */
  readonly taskFields?: TaskFieldNames | undefined;
  /** Uses what was detected before, instead of looking at the files first. */
  readonly detection?: ChatDetection | undefined;
  /** Filled while the conversion runs: the numbers of a summary. */
  readonly counts?: ChatCounts | undefined;
  /** Counts documents and entries of sidecar files as they are read. */
  readonly units?: UnitLedger | undefined;
  /** Makes the store in which calls of equal input are gathered. Default: one in memory, of `gatherBytes`. */
  readonly store?: (() => GatherStore<JsonValue>) | undefined;
  /** Memory for sidecar files, and for what is gathered without a `store`, in bytes. Default 256 MiB. */
  readonly gatherBytes?: number | undefined;
  /** The largest conversation that is read, in bytes; larger ones are rejected. Default 64 MiB. */
  readonly maxDocumentBytes?: number | undefined;
  /** At most so many records. Default: all. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}
