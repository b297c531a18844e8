import { foldText, type KeyHasher } from "@dpo-kit/batch";
import type { Message, UserMessage } from "@dpo-kit/schema";

/**
 * Writes the key of the opening of a conversation into `target`, from index `at`: the key of the list that
 * holds its first user message alone (`docs/keys.md`, "Splits"). Whatever is said before it, a system message
 * for one, does not count.
 *
 * @returns whether there is a user message; else nothing was written.
 */
export function writeOpeningKey(
  hasher: KeyHasher,
  messages: readonly Message[],
  into: { target: Uint32Array; at: number },
): boolean {
  const opening = messages.find((message): message is UserMessage => message.role === "user");
  if (opening === undefined) {
    return false;
  }
  hasher.writeKey(openingMaterial(opening), into.target, into.at);
  return true;
}

/** The bytes of the list of one user message, framed as `docs/keys.md` says. */
function openingMaterial({ content, name }: UserMessage): Uint8Array {
  const parts = typeof content === "string" ? [content] : content.map(({ text }) => text);
  const texts = parts.map(foldText).filter((text) => text !== "");
  return joined([
    number(1),
    ...field("user"),
    number(texts.length),
    ...texts.flatMap((text) => [number(0), ...field(text)]),
    ...field(foldText(name ?? "")),
    number(0),
  ]);
}

function number(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function field(text: string): Uint8Array[] {
  const bytes = utf8.encode(text);
  return [number(bytes.length), bytes];
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const utf8 = new TextEncoder();
