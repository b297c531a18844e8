import type { TokenRequest } from "../tokens/token-request.ts";

/** Which two datasets are compared. Names and meanings are those of the options of `dpo diff`. */
export interface DiffRequest extends TokenRequest {
  /** A file, a pattern, an address, `-`, or the folder of a finished run. */
  readonly old: string;
  readonly new: string;
  /** Whether what is not the same is a failure. */
  readonly exitCode?: boolean;
  /** Bytes that pairs may take in memory, 44 each; more are kept on disk. Default 256 MB. */
  readonly memory?: number;
  /** Lines of each file. Default: all. */
  readonly limit?: number;
  /** Bytes. Default 64 MiB. */
  readonly maxLineBytes?: number;
  /** Bytes. Default 20 GiB. */
  readonly maxDownloadBytes?: number;
}
