/**
 * Which UTF-16 a text without a byte order mark is in, if it is. Told by its NUL bytes: every line feed, space,
 * quote and delimiter has one, on the same side throughout. Letters do not count, as U+4E00 has its NUL on the
 * other side. At least one code unit in 200 must have one, so that a stray NUL makes no text UTF-16, and fewer
 * than one in 100 may be half a surrogate pair, a control character or a noncharacter.
 */
export function utf16Pattern(head: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (!head.includes(0)) {
    return undefined;
  }
  const little = separatorCount(head, 0);
  const big = separatorCount(head, 1);
  const found = Math.max(little, big);
  const units = head.length >> 1;
  if (found === 0 || found * 200 < units || Math.min(little, big) * 4 > found) {
    return undefined;
  }
  const lowByte = little > big ? 0 : 1;
  return implausibleCount(head, lowByte) * 100 < units
    ? lowByte === 0
      ? "utf-16le"
      : "utf-16be"
    : undefined;
}

const separators = new Uint8Array(256);
for (const character of '\t\n\r ",;|:') {
  separators[character.charCodeAt(0)] = 1;
}

function separatorCount(head: Uint8Array, lowByte: 0 | 1): number {
  let count = 0;
  for (let at = 0; at + 1 < head.length; at += 2) {
    if (head[at + 1 - lowByte] === 0 && separators[head[at + lowByte]!] === 1) {
      count += 1;
    }
  }
  return count;
}

function implausibleCount(head: Uint8Array, lowByte: 0 | 1): number {
  let count = 0;
  let highBefore = false;
  for (let at = 0; at + 1 < head.length; at += 2) {
    const unit = head[at + lowByte]! | (head[at + 1 - lowByte]! << 8);
    const isLow = (unit & 0xfc00) === 0xdc00;
    const control = unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d;
    if (isLow !== highBefore || control || unit >= 0xfffe) {
      count += 1;
    }
    highBefore = (unit & 0xfc00) === 0xd800;
  }
  return count;
}
