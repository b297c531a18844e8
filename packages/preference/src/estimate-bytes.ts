/** What V8 takes for an object or an array, and for each of its members, roughly. */
const OBJECT_BYTES = 48;
const MEMBER_BYTES = 16;

/** About how many bytes a value takes in memory: two for each UTF-16 code unit, and something for each member. */
export function estimateBytes(value: unknown): number {
  let bytes = 0;
  // A stack of its own: deep nesting must not overflow the call stack.
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next === "string") {
      bytes += MEMBER_BYTES + 2 * next.length;
    } else if (typeof next === "object" && next !== null) {
      bytes += OBJECT_BYTES;
      for (const member of Object.values(next)) {
        pending.push(member);
      }
    } else {
      bytes += MEMBER_BYTES;
    }
  }
  return bytes;
}
