import { carriedJsonText, type JsonValue, jsonString, rememberJsonText } from "@dpo-kit/schema";

/** A number that JavaScript may not be able to hold, by its JSON token: a 64-bit integer, a decimal. */
export class NumberToken {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** JSON in which some numbers are still tokens. */
export type LooseJson = JsonValue | NumberToken | LooseJson[] | { [key: string]: LooseJson };

/** An integer as a number where JavaScript holds it exactly, else as its token. */
export function exactInteger(value: bigint): number | NumberToken {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : new NumberToken(value.toString());
}

/**
 * A decimal of an unscaled integer: `exactDecimal(1234n, 2)` is 12.34. A token where the nearest number is another
 * value.
 */
export function exactDecimal(unscaled: bigint, scale: number): number | NumberToken {
  const text = decimalText(unscaled, scale);
  const number = Number(text);
  return String(number) === text ? number : new NumberToken(text);
}

function decimalText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? "-" : "";
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString();
  if (scale <= 0) {
    return sign + (digits === "0" ? digits : digits + "0".repeat(-scale));
  }
  const padded = digits.padStart(scale + 1, "0");
  const fraction = padded.slice(-scale).replace(/0+$/u, "");
  return sign + padded.slice(0, -scale) + (fraction === "" ? "" : `.${fraction}`);
}

/**
 * Puts the nearest number in place of each token. Every object and list around one remembers its exact text
 * (`carriedJsonText` of `@dpo-kit/schema`), and is frozen for it.
 */
export function settleNumbers(value: LooseJson): JsonValue {
  return settle(value).value;
}

interface Settled {
  value: JsonValue;
  /** The exact text, where a token is inside. */
  text?: string;
}

// As deep as a schema is, whose depth is limited where it is read.
function settle(value: LooseJson): Settled {
  if (value instanceof NumberToken) {
    return { value: Number(value.text), text: value.text };
  }
  if (typeof value !== "object" || value === null) {
    return { value };
  }
  const isList = Array.isArray(value);
  const entries = Object.entries(value).map(([key, inner]) => ({ key, ...settle(inner as LooseJson) }));
  if (entries.every(({ text }) => text === undefined)) {
    return { value: value as JsonValue };
  }
  const texts = entries.map(({ key, value: inner, text }) => {
    const written = text ?? carriedJsonText(inner);
    return isList ? written : `${jsonString(key)}:${written}`;
  });
  const text = isList ? `[${texts.join(",")}]` : `{${texts.join(",")}}`;
  const settled = isList
    ? entries.map(({ value: inner }) => inner)
    : objectOf(entries.map(({ key, value: inner }) => [key, inner] as const));
  return { value: rememberJsonText(settled, text), text };
}

/** An object of any names: `__proto__` is an ordinary one. */
export function objectOf<T>(entries: Iterable<readonly [string, T]>): { [key: string]: T } {
  const object: { [key: string]: T } = {};
  for (const [key, value] of entries) {
    setMember(object, key, value);
  }
  return object;
}

/** Sets a member of an object, whatever its name. */
export function setMember<T>(object: { [key: string]: T }, key: string, value: T): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}
