import type { TokenRequest } from "../tokens/token-request.ts";

/** What is asked of canonical files. Names and meanings are those of the options of `dpo stats`. */
export interface StatisticsRequest extends TokenRequest {
  /** Files, patterns, addresses, `-`, and folders of finished runs; at least one. */
  readonly inputs: readonly string[];
  /** Default true. */
  readonly tokens?: boolean;
  /** Default 1, and so where the provider is to choose. */
  readonly epochs?: number | "auto";
  /** A file of prices, in place of the built-in ones. */
  readonly prices?: string;
  /** Lines of each file. Default: all. */
  readonly limit?: number;
  /** Bytes. Default 64 MiB. */
  readonly maxLineBytes?: number;
  /** Bytes. Default 20 GiB. */
  readonly maxDownloadBytes?: number;
  /** Where every finding is written, as JSON Lines. */
  readonly issues?: string;
  /** Replace that file. */
  readonly force?: boolean;
}
