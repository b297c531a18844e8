import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { objectsIn } from "../input/json-members.ts";
import { otlpValue } from "./otlp-value.ts";

/** Attributes whose names have more parts than this are not read here. */
const MAXIMUM_PARTS = 16;

/** A name, or the beginning of longer names. Items of lists that are spread over names stand below by their numbers. */
interface Place {
  value?: JsonValue;
  readonly below: Map<string, Place>;
}

/**
 * The attributes of a span, in whatever layout they were written: flat names with dots and numbers, nested objects
 * and lists, both mixed, or OTLP's list of keys and values.
 */
export class Attributes {
  readonly #place: Place;

  constructor(source: JsonValue | undefined, place: Place = { below: new Map() }) {
    this.#place = place;
    for (const [name, value] of entriesOf(source)) {
      addTo(place, { name, value, depth: 0 });
    }
  }

  /** The value of a name. */
  get(name: string): JsonValue | undefined {
    return this.#at(name)?.value;
  }

  /** The value of a name, where it is a text. */
  text(name: string): string | undefined {
    const value = this.get(name);
    return typeof value === "string" ? value : undefined;
  }

  /** The items of a list, whether it is one value or is spread over names with numbers. */
  list(name: string): Attributes[] {
    const place = this.#at(name);
    if (Array.isArray(place?.value)) {
      return place.value.map((item) => new Attributes(item));
    }
    return [...(place?.below ?? [])]
      .filter(([part]) => /^\d{1,9}$/u.test(part))
      .sort(([left], [right]) => Number(left) - Number(right))
      .map(([, item]) => new Attributes(undefined, item));
  }

  /** Those whose names begin with a name, without it. */
  below(name: string): Attributes {
    return new Attributes(undefined, this.#at(name));
  }

  /** Whether a name is there, or is the beginning of one. */
  has(name: string): boolean {
    return this.#at(name) !== undefined;
  }

  #at(name: string): Place | undefined {
    let place: Place | undefined = this.#place;
    for (const part of name.split(".")) {
      place = place?.below.get(part);
    }
    return place;
  }
}

function entriesOf(source: JsonValue | undefined): [string, JsonValue | undefined][] {
  return Array.isArray(source)
    ? objectsIn(source).map(({ key, value }) => [String(key), otlpValue(value)])
    : Object.entries(isObject(source) ? source : {});
}

/** Adds a value under its name; what is nested in it stands under longer names as well. */
function addTo(
  from: Place,
  { name, value, depth }: { name: string; value: JsonValue | undefined; depth: number },
): void {
  const parts = name.split(".");
  if (depth + parts.length > MAXIMUM_PARTS || value === undefined) {
    return;
  }
  let place = from;
  for (const part of parts) {
    const next: Place = place.below.get(part) ?? { below: new Map() };
    place.below.set(part, next);
    place = next;
  }
  place.value ??= value;
  for (const [key, member] of Object.entries(isObject(value) ? value : ({} as JsonObject))) {
    addTo(place, { name: key, value: member, depth: depth + parts.length });
  }
}
