import { DataError } from "@dpo-kit/schema";
import type { InputSource, SourceProvider } from "../source.ts";
import { type DownloadOptions, download, type RemoteContent } from "./download.ts";
import { checkAddress, displayAddress } from "./https-address.ts";

/**
 * Makes the provider of `https:` addresses, and of `http:` addresses of this machine. Nothing is asked of the
 * server before the source is opened; its size is known once the first answer has come.
 */
export function createHttpsProvider(
  options: Omit<DownloadOptions, "signal" | "onStart"> = {},
): SourceProvider {
  return {
    scheme: "https",
    claims: (address) => /^https?:\/\//iu.test(address),
    async resolve(address) {
      const url = parseAddress(address);
      checkAddress(url);
      let first: RemoteContent | undefined;
      const source: InputSource & { size?: number } = {
        name: displayAddress(url),
        baseName: baseNameOf(url),
        open: (openOptions = {}) => download(url, { ...options, ...openOptions, onStart }),
        rereadable: true,
      };
      function onStart(content: RemoteContent): void {
        first ??= content;
        if (content.validator !== first.validator) {
          throw changed(source.name);
        }
        if (content.size !== undefined) {
          source.size = content.size;
        }
      }
      return [source];
    },
  };
}

function changed(name: string): DataError {
  return new DataError("IO_DOWNLOAD_FAILED", {
    message: `${name} changed between two readings`,
    location: { source: name },
    hint: "Download the file first and give its path.",
  });
}

function parseAddress(address: string): URL {
  try {
    return new URL(address);
  } catch {
    // The text is not shown: it may hold a password.
    throw new DataError("IO_NOT_FOUND", { message: "That https address is not a valid one" });
  }
}

function baseNameOf(url: URL): string {
  const last = url.pathname.split("/").findLast((part) => part !== "") ?? url.hostname;
  try {
    return decodeURIComponent(last).replace(/[/\\\0]/gu, "_");
  } catch {
    return last;
  }
}
