import { DataError } from "@dpo-kit/schema";

/** The address as it is shown: without user, password, query and fragment, where secrets are kept. */
export function displayAddress(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/** Whether a host is this machine: there `http:` is as safe as `https:`. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/u.test(hostname);
}

/**
 * Stops before an address that anybody on the way could read or change.
 * @param from the address that led to it, if it was a redirect.
 * @throws IO_DOWNLOAD_FAILED
 */
export function checkAddress(url: URL, from?: URL): void {
  const allowed =
    url.protocol === "https:" ||
    (url.protocol === "http:" &&
      isLoopback(url.hostname) &&
      (from === undefined || isLoopback(from.hostname)));
  if (!allowed) {
    const origin = from === undefined ? "" : `${displayAddress(from)} leads to `;
    throw new DataError("IO_DOWNLOAD_FAILED", {
      message: `${origin}${displayAddress(url)}, which is not read: only https addresses are`,
      hint: "Use the https address, or download the file first.",
      location: { source: displayAddress(from ?? url) },
    });
  }
}
