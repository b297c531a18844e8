/** How the Hub is reached. */
export interface HubOptions {
  /** Default: `https://huggingface.co`. */
  endpoint?: string;
  /** Sent to the endpoint's own host only, and never shown. Default: none is sent. */
  token?: string;
  /** Default: the platform's own. */
  fetch?: typeof fetch;
  /** Attempts after the first that may fail in a row. Default: 5. */
  retries?: number;
  /** Waits, in milliseconds, before another attempt. */
  sleep?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}
