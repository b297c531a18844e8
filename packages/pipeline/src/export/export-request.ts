/** How rows are made and written, of whatever run. */
export interface ExportChoices {
  /** Ids or other names of targets, as `exportTargets` of `@dpo-kit/export` lists them. */
  readonly targets: readonly string[];
  /** Parquet instead of JSON Lines, of targets whose trainer reads it. */
  readonly parquet?: boolean;
  /** Of supervised chat: earlier turns of the assistant get weight 0. */
  readonly lastTurnOnly?: boolean;
  /** Of Azure: files begin with a byte order mark. */
  readonly byteOrderMark?: boolean;
}

/** What `dpo export` is asked to do. Names and meanings are those of its options. */
export interface ExportRequest {
  /** Paths, patterns and addresses of canonical files, and folders of finished runs; at least one. */
  readonly inputs: readonly string[];
  /** The folder that gets a folder for each target. */
  readonly output: string;
  /** Ids or other names of targets; at least one. */
  readonly to: readonly string[];
  /** The share of the prompts that is exported, above 0 and up to 1. Default: 1. */
  readonly fraction?: number;
  /** Exports the prompts that `fraction` with the same seed leaves out: the two have no prompt in common. */
  readonly complement?: boolean;
  /** Default 42. */
  readonly seed?: number;
  /** Whether a loss, or an example that is left out, is an error. */
  readonly strict?: boolean;
  readonly parquet?: boolean;
  readonly lastTurnOnly?: boolean;
  readonly byteOrderMark?: boolean;
  /** Reads and counts everything, and writes nothing. */
  readonly plan?: boolean;
  readonly force?: boolean;
  /** Default true. */
  readonly digest?: boolean;
  /** Lines of each input. Default: all. */
  readonly limit?: number;
  /** Bytes. Default 64 MiB. */
  readonly maxLineBytes?: number;
  /** Bytes. Default 20 GiB. */
  readonly maxDownloadBytes?: number;
}
