/** A file that can be read: one by itself, a file of a folder, a member of an archive. */
export interface ChatFile {
  /** As locations show it: `export.zip/conversations.json`. */
  readonly name: string;
  /** In bytes, where it is known before reading. */
  readonly size?: number;
  /** Its bytes, from the start. Called to look at the beginning, and again each time it is read. */
  open(options?: { signal?: AbortSignal }): AsyncIterable<Uint8Array>;
}
