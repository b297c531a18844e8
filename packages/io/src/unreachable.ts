/** Nobody listens, no such host, no network: Node's names of what waiting a few seconds does not change. */
const codes = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"];

/**
 * Why a server cannot be reached at all, of what `fetch` threw: `ECONNREFUSED` and its like. Undefined where another
 * attempt may help, and where a browser tells nothing.
 */
export function unreachableCode(error: unknown): string | undefined {
  const { cause } = error as { cause?: { code?: unknown } };
  return codes.find((code) => code === cause?.code);
}
