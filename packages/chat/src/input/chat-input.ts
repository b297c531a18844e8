import { emptyLedgers, type UnitLedger } from "@dpo-kit/batch";
import { type GatherStore, memoryStore } from "@dpo-kit/preference";
import type { JsonValue } from "@dpo-kit/schema";
import type { ChatConvertOptions } from "../chat-options.ts";
import { type ChatCounts, emptyChatCounts } from "../pairs/chat-counts.ts";
import type { ChatFile } from "./chat-file.ts";
import { JoinTable } from "./join-table.ts";
import { type ChatDocument, readDocuments } from "./read-documents.ts";
import { readTable } from "./read-table.ts";

/** A file, and the part it plays in its format. */
export interface ChatFileInRole {
  readonly file: ChatFile;
  readonly role: string;
  readonly isTable?: boolean;
}

const DEFAULT_GATHER_BYTES = 256 * 1024 * 1024;

/** The files of one format that are read together, and what reading them is counted in. */
export class ChatInput {
  readonly options: ChatConvertOptions;
  readonly counts: ChatCounts;
  readonly units: UnitLedger;
  readonly #files: readonly ChatFileInRole[];
  readonly #sidecars = new Set<string>();
  /** Units are counted across all that is read. */
  readonly #unjoinedBefore: number;
  #lacksMessages = false;

  constructor(files: readonly ChatFileInRole[], options: ChatConvertOptions = {}) {
    this.#files = files;
    this.options = options;
    this.counts = options.counts ?? emptyChatCounts();
    this.units = options.units ?? emptyLedgers().units;
    this.#unjoinedBefore = this.units.unjoined;
  }

  /** The files that play a part, in the order of the input. */
  filesOf(role: string): ChatFile[] {
    return this.#files.filter((each) => each.role === role).map(({ file }) => file);
  }

  /** The documents of the files that play a part; of a table its rows, as objects of texts. Each is a unit that becomes part of a record. */
  async *documents(role: string): AsyncGenerator<ChatDocument, void, undefined> {
    for await (const document of this.#read(role)) {
      this.units.read += 1;
      this.units[document.issues.length > 0 ? "malformed" : "intoRecords"] += 1;
      yield document;
    }
  }

  /** The entries of sidecar files. Add each to a join table, or see `intoRecord`: so it is counted what becomes of it. */
  async *entries(role: string): AsyncGenerator<ChatDocument, void, undefined> {
    this.#sidecars.add(role);
    for await (const document of this.#read(role)) {
      this.units.read += 1;
      this.units.malformed += document.issues.length > 0 ? 1 : 0;
      yield document;
    }
  }

  /** Says that what was read speaks of messages by their ids only, and that none of them is in the files. */
  lacksMessages(): void {
    this.#lacksMessages = true;
  }

  /** Whether all files hold judgements only, and there are some of what is not there. Asked when all was read. */
  get isJudgementsAlone(): boolean {
    if (this.#lacksMessages) {
      return true;
    }
    const isUnjoined = this.units.unjoined > this.#unjoinedBefore;
    return isUnjoined && this.#files.every(({ role }) => this.#sidecars.has(role));
  }

  /** The entries of sidecar files once more, for what stands in them beside the judgements. Nothing is counted. */
  entriesAgain(role: string): AsyncGenerator<ChatDocument, void, undefined> {
    return this.#read(role);
  }

  /** Says that an entry became a record by itself. Gives that record. */
  intoRecord<T>({ issues }: ChatDocument, record: T): T {
    this.units.intoRecords += issues.length > 0 ? 0 : 1;
    return record;
  }

  /** Says that a document holds a list of so many entries: each is a unit by itself. */
  isListOf({ issues }: ChatDocument, entries: number): void {
    this.units.read += issues.length > 0 ? 0 : entries - 1;
  }

  /** A table for the entries of a sidecar; `kind` names them in the summary: `message feedback`. */
  joinTable<T>(kind: string): JoinTable<T> {
    const maxBytes = this.options.gatherBytes ?? DEFAULT_GATHER_BYTES;
    return new JoinTable({ kind, units: this.units, counts: this.counts, maxBytes });
  }

  /** A store in which records can be gathered by a key. */
  store(): GatherStore<JsonValue> {
    return (
      this.options.store?.() ?? memoryStore({ maxBytes: this.options.gatherBytes ?? DEFAULT_GATHER_BYTES })
    );
  }

  async *#read(role: string): AsyncGenerator<ChatDocument, void, undefined> {
    const { signal, maxDocumentBytes: maxBytes } = this.options;
    for (const { file, isTable } of this.#files.filter((each) => each.role === role)) {
      yield* (isTable === true ? readTable : readDocuments)(file, { signal, maxBytes });
    }
  }
}
