/** Any JSON value, as `JSON.parse` gives it. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A JSON object. Its keys are data: `__proto__` and `constructor` are ordinary names. */
export interface JsonObject {
  [key: string]: JsonValue;
}
