import type { ChatCounts } from "@dpo-kit/chat";

/** Counts as JSON: what is a map becomes its entries. */
export function formatChatCounts(counts: ChatCounts): string {
  return JSON.stringify(counts, (_key, value: unknown) =>
    value instanceof Map ? { entries: [...value] } : value,
  );
}

/** The counts in a text of {@link formatChatCounts}. */
export function parseChatCounts(text: string): ChatCounts {
  return JSON.parse(text, (_key, value: unknown) => {
    const entries = (value as { entries?: [string, unknown][] } | null)?.entries;
    return Array.isArray(entries) ? new Map(entries) : value;
  }) as ChatCounts;
}

/** Adds what `more` counted to `counts`, in place. */
export function addChatCounts(counts: ChatCounts, more: ChatCounts): void {
  addMembers(counts, more);
}

type Countable = number | Map<string, Countable> | { [name: string]: Countable };

function addMembers(into: object, from: object): void {
  const target = into as Record<string, Countable>;
  for (const [name, value] of Object.entries(from) as [string, Countable][]) {
    target[name] = joined(target[name], value);
  }
}

function joined(before: Countable | undefined, more: Countable): Countable {
  if (typeof more === "number") {
    return ((before as number | undefined) ?? 0) + more;
  }
  if (more instanceof Map) {
    const map = (before as Map<string, Countable> | undefined) ?? new Map<string, Countable>();
    for (const [name, value] of more) {
      map.set(name, joined(map.get(name), value));
    }
    return map;
  }
  const members = before ?? {};
  addMembers(members as object, more);
  return members;
}
