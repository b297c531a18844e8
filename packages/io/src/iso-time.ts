import { exactInteger, type NumberToken } from "./exact-json.ts";

/** How many of a unit make a second. */
export type TimeUnitsInSecond = 1 | 1_000 | 1_000_000 | 1_000_000_000;

const daySeconds = 86_400n;
/** What `Date` can show: 100,000,000 days before and after 1970 (https://tc39.es/ecma262/#sec-time-values-and-time-range). */
const mostSeconds = 100_000_000n * daySeconds;

/**
 * A moment as ISO 8601: `2024-01-31T12:00:00.123456Z`. The fraction has the digits of the unit, and is left out
 * where it is zero. What lies beyond the calendar of JavaScript stays the number it is stored as.
 *
 * @param zoned whether the time is known to be UTC: then with `Z`, else without a zone.
 */
export function isoTimestamp(
  count: bigint,
  perSecond: TimeUnitsInSecond,
  zoned: boolean,
): string | number | NumberToken {
  const units = BigInt(perSecond);
  const rest = ((count % units) + units) % units;
  const seconds = (count - rest) / units;
  if (seconds < -mostSeconds || seconds > mostSeconds) {
    return exactInteger(count);
  }
  const whole = new Date(Number(seconds) * 1_000).toISOString().slice(0, -5);
  return `${whole}${fraction(rest, perSecond)}${zoned ? "Z" : ""}`;
}

/** A day as ISO 8601, by its number since 1970-01-01: `2024-01-31`. */
export function isoDate(days: number): string | number {
  return Math.abs(days) > 100_000_000 ? days : new Date(days * 86_400_000).toISOString().replace(/T.*$/u, "");
}

/** A time of day as ISO 8601: `12:00:00.123456`. */
export function isoTimeOfDay(count: bigint, perSecond: TimeUnitsInSecond): string | number | NumberToken {
  const seconds = count / BigInt(perSecond);
  if (count < 0n || seconds >= daySeconds) {
    return exactInteger(count);
  }
  const text = new Date(Number(seconds) * 1_000).toISOString().slice(11, 19);
  return `${text}${fraction(count % BigInt(perSecond), perSecond)}`;
}

function fraction(rest: bigint, perSecond: TimeUnitsInSecond): string {
  const digits = String(perSecond).length - 1;
  return rest === 0n ? "" : `.${rest.toString().padStart(digits, "0")}`;
}
