import type { RestObject } from "./requests/rest-client.ts";

/** The text of a member; missing where it is none, or empty. */
export function textOf(object: RestObject, name: string): string | undefined {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The object of a member; empty where it is none. */
export function objectOf(object: RestObject, name: string): RestObject {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as RestObject) : {};
}

/** The objects of a list. */
export function objectsOf(object: RestObject, name: string): RestObject[] {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  const isObject = (item: unknown): item is RestObject => typeof item === "object" && item !== null;
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Seconds since 1970 of a member that holds a time as text, or seconds. */
export function secondsOf(object: RestObject, name: string): number | undefined {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  const seconds = typeof value === "string" ? Date.parse(value) / 1000 : Number(value ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}

/** An object without the members that are undefined. */
export function defined<T extends object>(object: { [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
