import type { Issue, Location } from "@dpo-kit/schema";
import type { ChatInput } from "./input/chat-input.ts";
import type { FileSample } from "./input/file-sample.ts";
import type { Conversation } from "./model/conversation.ts";
import type { Judgement } from "./model/judgement.ts";
import type { Signal } from "./pairs/signals.ts";

/** What a file is to a format. */
export interface FileRole {
  /** The part it plays: `conversations`, or a sidecar such as `feedback`. */
  readonly role: string;
  /** Completes "because …". */
  readonly why: string;
  /** Whether its documents are the rows of a table: objects of texts. */
  readonly isTable?: boolean;
}

/** What a format says of one record of its files. */
export type ChatRecord =
  | {
      readonly kind: "judged";
      readonly at: Location;
      readonly conversation: Conversation;
      readonly judgements: readonly Judgement[];
      /** What the user should know of the pairs, and removes none, such as ranks that the export leaves out. */
      readonly notes?: readonly Issue[];
    }
  /** Nothing is wrong with it, and there is nothing to compare: a short stable reason. */
  | { readonly kind: "skipped"; readonly at: Location; readonly reason: string }
  /** The user should look at it. */
  | {
      readonly kind: "rejected";
      readonly at: Location;
      readonly issues: readonly Issue[];
      /** True where the unit could not be decoded at all. */
      readonly malformed?: boolean;
    };

/** A format of chat logs in which preferences can stand. One file, one line in the list of formats. */
export interface ChatFormat {
  /** Stable: what `--from` takes. */
  readonly id: string;
  readonly title: string;
  /** Where such files come from and what is read of them, in one sentence for the list of formats. */
  readonly detail: string;
  /** What it can give pairs by. */
  readonly signals: readonly Signal[];
  /** Where judgements can stand in files of their own: what to give beside them, as a sentence. */
  readonly beside?: string;
  /** Judges by its content what part a file plays; undefined: it is not of this format. */
  detect(file: FileSample): FileRole | undefined;
  /**
   * Reads the files of this format together: a record for each conversation, one at a time. What a file says is
   * wrong with a record is a record too; nothing is left out silently.
   */
  read(input: ChatInput): AsyncGenerator<ChatRecord, void, undefined>;
}

/** A format that surely holds no preferences. */
export interface BareFormat {
  /** Stable, and no other format's. */
  readonly id: string;
  readonly title: string;
  /** Why it holds none: completes "… holds no preferences: …". */
  readonly reason: string;
  /** One thing to do instead, as a sentence. */
  readonly advice: string;
  /** Whether a file is of this format, by its content. */
  detect(file: FileSample): boolean;
}

/** Whether a format can hold preferences. */
export function holdsPreferences(format: ChatFormat | BareFormat): format is ChatFormat {
  return "read" in format;
}
