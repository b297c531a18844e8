/** What a push is asked to do. Names and meanings are those of the options of `dpo push`. */
export interface PushRequest {
  /** Paths and patterns of canonical files, and folders of finished runs; at least one. */
  readonly inputs: readonly string[];
  /** `hf://datasets/owner/name[@branch]`. */
  readonly destination: string;
  /** The split that all files belong to. Default: what their names tell. */
  readonly hubSplit?: string;
  /** Writes Parquet files of the lines, and pushes those. */
  readonly parquet?: boolean;
  /** Makes the dataset where it is not there. */
  readonly create?: "private" | "public";
  /** The title of the commit. */
  readonly message?: string;
  /** The commit that must still be the head of the branch. */
  readonly parent?: string;
  /** Replaces a card that somebody else wrote. */
  readonly replaceCard?: boolean;
  /** An identifier of https://huggingface.co/docs/hub/repositories-licenses, for the card. */
  readonly license?: string;
  /** Says what would be pushed, and asks the Hub nothing. */
  readonly dryRun?: boolean;
  /** What the card names as its maker: `dpo-kit 0.1.0`. Default: `dpo-kit`. */
  readonly tool?: string;
}
