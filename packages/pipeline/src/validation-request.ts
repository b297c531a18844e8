import type { TargetId } from "@dpo-kit/schema";

/** What a validation is asked to do. Names and meanings are those of the options of `dpo validate`. */
export interface ValidationRequest {
  /** Paths, patterns, addresses, `-`; at least one. */
  readonly inputs: readonly string[];
  /** Default `["openai"]`. */
  readonly target?: readonly TargetId[];
  /** Also check that no prompt is in two of the inputs, of which there are at least two. */
  readonly leakage?: boolean;
  /** Bytes that keys may take in memory for that; more are kept on disk. Default 1 GB. */
  readonly memory?: number;
  /** Write a mended copy to `output`. */
  readonly fix?: boolean;
  /** With `fix`: also remove keys that are not known. */
  readonly fixDropUnknown?: boolean;
  /** Path or `-`. Only with `fix`, and with one input. */
  readonly output?: string;
  /** Bytes. Default 64 MiB. */
  readonly maxLineBytes?: number;
  /** Bytes. Default 20 GiB. */
  readonly maxDownloadBytes?: number;
  readonly force?: boolean;
  readonly issues?: string;
  readonly sarif?: string;
}
