/** A dataset as a server of the Hub begins with it. */
export interface ServedDataset {
  files: Record<string, string | Uint8Array>;
  /** Its files are read by those accounts only. */
  gated?: boolean;
  /** Further branches, which begin at the same commit as `main`. */
  branches?: string[];
  /** Not even said to be there, without a token. */
  private?: boolean;
}

/** Something that goes wrong, once, with the first request that it fits. */
export interface Fault {
  /** Fits `hub GET /path?query` or `store GET /path`. */
  on: RegExp;
  /** Answers this instead. */
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Breaks the connection after so many bytes of the body. */
  cutAfter?: number;
  /** The content bears this ETag. */
  etag?: string;
  /** Sends everything, whatever part is asked for. */
  ignoresRange?: boolean;
}

export interface HubServerOptions {
  datasets: Record<string, ServedDataset>;
  /** Tokens of accounts, and whether they may read what is gated or private, and write. Default: `hf_good`. */
  tokens?: Record<string, boolean>;
  faults?: Fault[];
  /** Entries on a page of a listing. Default: 1000. */
  pageSize?: number;
  /** Files from this size on are kept in the store. Default: 100 bytes. */
  storedFrom?: number;
  /** Uploads to the store are cut into parts of this size, in bytes. Default: none. */
  partSize?: number;
}

export interface LoggedRequest {
  /** `hub GET /path`. */
  line: string;
  authorization: string | undefined;
  range: string | undefined;
  ifRange: string | undefined;
  /** Bytes of content that were sent. */
  sent: number;
}

export interface HubServer {
  endpoint: string;
  log: LoggedRequest[];
  /** Takes further faults, and datasets' state. */
  faults: Fault[];
  head(dataset: string, branch?: string): string;
  /** The files at the head of a branch. */
  files(dataset: string, branch?: string): Map<string, Buffer>;
  /** The titles of the commits that were sent, oldest first. */
  titles(dataset: string): readonly string[];
  isPrivate(dataset: string): boolean;
  /** Adds a commit, as another person would. */
  commit(dataset: string, files: Record<string, string>): string;
}
