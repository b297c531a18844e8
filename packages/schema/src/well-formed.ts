const loneSurrogate = /\p{Surrogate}/u;

type Native = { isWellFormed?: () => boolean };

/**
 * Whether a text holds half a character: a UTF-16 surrogate without its other half, which no UTF-8 file can
 * hold. Uses the engine's `isWellFormed` where there is one (ECMAScript 2024).
 */
export function hasLoneSurrogate(text: string): boolean {
  const native = (text as Native).isWellFormed;
  return native === undefined ? loneSurrogate.test(text) : !native.call(text);
}

/** Whether any key or text inside a JSON value holds half a character. Any depth. */
export function hasLoneSurrogateWithin(value: unknown): boolean {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next === "string") {
      if (hasLoneSurrogate(next)) {
        return true;
      }
    } else if (Array.isArray(next)) {
      for (const item of next) {
        pending.push(item);
      }
    } else if (typeof next === "object" && next !== null) {
      for (const [key, item] of Object.entries(next)) {
        pending.push(key, item);
      }
    }
  }
  return false;
}
