import type { OpenRandomAccess } from "./random-access.ts";

/**
 * Anything bytes can be read from. A string is the text itself, not a path: paths and addresses are opened by
 * the providers of `@dpo-kit/io/node`.
 */
export type Source = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> | Blob | Uint8Array | string;

/** A source that has been found and can be read, from the start or from the middle. */
export interface InputSource {
  /** As the user gave it; what locations show. */
  readonly name: string;
  /** The name without folders or host, as the manifest shows it. */
  readonly baseName: string;
  /** In bytes, where it is known before reading. */
  readonly size?: number;
  /** Reads it from the start. Can be called again where {@link rereadable} is true. */
  open(options?: { signal?: AbortSignal }): AsyncIterable<Uint8Array>;
  /**
   * Opens it to be read at any place, where that takes no more than reading what is asked for: files, and servers
   * that answer range requests. Close it.
   */
  openRandomAccess?(options?: { signal?: AbortSignal }): Promise<OpenRandomAccess>;
  /** False for standard input. */
  readonly rereadable: boolean;
}

/** Opens addresses of one scheme (`file`, `stdin`, `https`, later `hf`). */
export interface SourceProvider {
  readonly scheme: string;
  /** Whether the text on the command line is an address of this provider. */
  claims(address: string): boolean;
  /**
   * Finds the sources an address names, in order; a pattern can name several.
   * @throws IO_NOT_FOUND IO_UNREADABLE IO_DOWNLOAD_FAILED IO_NOT_AUTHORISED
   */
  resolve(address: string, options: { signal?: AbortSignal }): Promise<InputSource[]>;
}
