import type { UnknownObject } from "../rules/line-parts.ts";

/**
 * The object with its members put through `change`, in the same order; a member for which it gives undefined is
 * left out. The same object if nothing changed, so that what is known of it stays known. `__proto__` is an
 * ordinary key.
 */
export function mapMembers(
  object: UnknownObject,
  change: (key: string, value: unknown) => readonly [string, unknown] | undefined,
): UnknownObject {
  let changed = false;
  const members: (readonly [string, unknown])[] = [];
  for (const [key, value] of Object.entries(object)) {
    const member = change(key, value);
    changed ||= member === undefined || member[0] !== key || member[1] !== value;
    if (member !== undefined) {
      members.push(member);
    }
  }
  return changed ? Object.fromEntries(members) : object;
}

/** The object with one member put through `change`, if it has it. */
export function mapMember(
  object: UnknownObject,
  name: string,
  change: (value: unknown) => unknown,
): UnknownObject {
  return mapMembers(object, (key, value) => [key, key === name ? change(value) : value]);
}

/** The list with its items put through `change`; the same list if nothing changed. */
export function mapItems(
  list: readonly unknown[],
  change: (item: unknown, index: number) => unknown,
): readonly unknown[] {
  const items = list.map(change);
  return items.some((item, index) => item !== list[index]) ? items : list;
}
