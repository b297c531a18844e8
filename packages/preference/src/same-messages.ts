import { type Message, trimWhiteSpace } from "@dpo-kit/schema";

/** Whether two messages say the same: white space around their text does not matter. */
export function sameMessage(one: Message, other: Message): boolean {
  if (one === other || one.role !== other.role) {
    return one === other;
  }
  return isPlain(one) && isPlain(other)
    ? one.content === other.content || trimWhiteSpace(one.content) === trimWhiteSpace(other.content)
    : comparable(one) === comparable(other);
}

/** Whether two lists of messages say the same. */
export function sameMessages(one: readonly Message[], other: readonly Message[]): boolean {
  return one.length === other.length && one.every((message, index) => sameMessage(message, other[index]!));
}

/** How many messages two conversations begin with in common. */
export function commonMessages(one: readonly Message[], other: readonly Message[]): number {
  const most = Math.min(one.length, other.length);
  let common = 0;
  while (common < most && sameMessage(one[common]!, other[common]!)) {
    common += 1;
  }
  return common;
}

/** Whether a message is nothing but a role and a text. */
function isPlain(message: Message): message is Message & { content: string } {
  return typeof message.content === "string" && Object.keys(message).length === 2;
}

function comparable(message: Message): string {
  const { content } = message;
  return JSON.stringify(
    typeof content === "string" ? { ...message, content: trimWhiteSpace(content) } : message,
  );
}
