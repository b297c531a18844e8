/** How a provider is reached. */
export interface ProviderOptions {
  /** Sent to the provider only; never shown, never stored. */
  readonly key: string;
  /** Default: the provider's own address. Of Azure the address of the resource. */
  readonly baseUrl?: string;
  /** Of Azure: a dated version of the API. Default: its v1 API, which has none. */
  readonly apiVersion?: string;
  /** Of Fireworks: the account. Default: the first that the key belongs to. */
  readonly account?: string;
  /** Default: the platform's own. */
  readonly fetch?: typeof fetch;
  /** Attempts after the first that may fail in a row. Default: 5. */
  readonly retries?: number;
  /** Milliseconds before a second attempt. Default: 1000. */
  readonly firstWait?: number;
  /** Waits, in milliseconds, before another attempt. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Milliseconds until an answer must have come wholly, to what sends no file. Default: two minutes. */
  readonly answerTimeout?: number;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<UploadLimits>;
}

/** How files are cut for uploading. */
export interface UploadLimits {
  /** The largest file that is sent in one piece. */
  readonly fileBytes: number;
  readonly partBytes: number;
  /** Parts that are sent at a time. */
  readonly parallelParts: number;
}

/**
 * Files up to 512 MB go in one piece, larger ones in parts of 64 MB
 * (https://platform.openai.com/docs/api-reference/files/create,
 * https://platform.openai.com/docs/api-reference/uploads/add-part). Megabytes are counted as millions of bytes, so
 * that both readings of the limit are kept.
 */
export const uploadLimits: UploadLimits = {
  fileBytes: 512_000_000,
  partBytes: 64_000_000,
  parallelParts: 4,
};

/** Bytes of the largest file that Uploads take: 8 GB. */
export const LARGEST_UPLOAD = 8_000_000_000;
