import type { HubAddress } from "./hub-address.ts";
import type { HubConnection } from "./hub-connection.ts";
import { readRemote } from "./remote-file.ts";

/** A card larger than this is not read to its end; its head comes first. In bytes. */
const mostOfCard = 4 << 20;

/** Where a card is. */
export interface CardPlace {
  hub: HubConnection;
  /** Its revision is a commit. */
  address: HubAddress & { revision: string };
  /** In bytes. */
  size: number;
}

/** The text of README.md, or its first 4 MiB. */
export async function readCard({ hub, address, size }: CardPlace, signal?: AbortSignal): Promise<string> {
  const file = { hub, address: { ...address, path: "README.md" }, size };
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  for await (const chunk of readRemote(file, { start: 0, end: Math.min(size, mostOfCard), signal })) {
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
