import { DataError } from "@dpo-kit/schema";
import { checkAddress, displayAddress } from "./https-address.ts";

/** Redirects that are followed. */
const mostRedirects = 5;

/**
 * Asks for an address and follows redirects: at most five, never from `https:` to `http:`. User and password of
 * the address are sent to its own host only.
 *
 * @throws IO_DOWNLOAD_FAILED for a redirect that is not followed; what `fetch` throws where nobody answers.
 */
export async function requestAddress(
  address: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<Response> {
  let url = address;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await fetch(withoutUser(url), {
      redirect: "manual",
      // Packed on the way, offsets would not be those of the file.
      headers: { ...headers, "accept-encoding": "identity", ...authorisation(url, address) },
      ...(signal === undefined ? {} : { signal }),
    });
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) {
      return response;
    }
    await response.body?.cancel();
    const next = new URL(location, url);
    checkAddress(next, url);
    url = next;
  }
  throw new DataError("IO_DOWNLOAD_FAILED", {
    message: `${displayAddress(address)} redirects more than ${mostRedirects} times`,
    location: { source: displayAddress(address) },
  });
}

function withoutUser(url: URL): URL {
  const plain = new URL(url);
  plain.username = "";
  plain.password = "";
  return plain;
}

function authorisation(url: URL, address: URL): Record<string, string> {
  const owner = url.username !== "" ? url : url.origin === address.origin ? address : undefined;
  if (owner === undefined || owner.username === "") {
    return {};
  }
  const credentials = `${decodeURIComponent(owner.username)}:${decodeURIComponent(owner.password)}`;
  return { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` };
}
