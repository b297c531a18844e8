/**
 * Milliseconds that a server asks to wait by `Retry-After`: seconds, or a date, which is read against the server's own
 * clock (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after). Undefined where it asks for nothing that can be
 * understood.
 */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get("retry-after");
  if (value === null) {
    return undefined;
  }
  const wait = /^\d+(?:\.\d+)?$/u.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - Date.parse(headers.get("date") ?? "");
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
