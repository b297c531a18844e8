/** A file that can be read: one by itself, a file of a folder, a member of an archive. */
export interface ChatFile {
  /** As locations show it: `export.zip/conversations.json`. */
  readonly name: string;
  /** In bytes, where it is known before reading. */
  readonly size?: number;
  /** Its bytes, from the start. Called once to look at the beginning, and once more to read it. */
  open(options?: { signal?: AbortSignal }): AsyncIterable<Uint8Array>;
}
