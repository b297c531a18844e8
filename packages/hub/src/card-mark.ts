/** The last line of a card that dpo-kit wrote; it shows whether somebody changed the card since. */
const mark = /<!-- Written by dpo-kit\. Checksum: ([0-9a-f]{16}) -->\n?$/u;

/** A card with the mark under it. */
export function markCard(card: string): string {
  return `${card}<!-- Written by dpo-kit. Checksum: ${checksum(card)} -->\n`;
}

/** Whether dpo-kit wrote a card, and nobody changed it since. */
export function isOwnCard(card: string): boolean {
  const found = mark.exec(card);
  return found !== null && checksum(card.slice(0, found.index)) === found[1];
}

/** FNV-1a over the UTF-8 bytes, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function checksum(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}
