import { jsonKey, skipJsonSpace, skipJsonString } from "./json-cursor.ts";
import type { JsonPath } from "./json-path.ts";

/** A key that stands twice in one object: readers keep only one of its values, most of them the last. */
export interface DuplicateKey {
  /** The way to it, its own name included. */
  path: JsonPath;
  /** Where it stands again, in UTF-16 code units from the start. */
  offset: number;
  /** Where it stood first. */
  firstOffset: number;
}

interface Frame {
  /** The keys so far and where they stood; absent in an array. */
  keys?: Map<string, number>;
  /** The step of the path that leads to the value being read. */
  step: string | number;
}

/**
 * The keys that stand twice in one object of a valid JSON text, in order. Keys are compared as they read, not as
 * they are escaped. Iterative, in time linear in the text.
 * @param limit how many are looked for. Default: 100.
 */
export function findDuplicateKeys(text: string, limit = 100): DuplicateKey[] {
  const found: DuplicateKey[] = [];
  const frames: Frame[] = [];
  for (let at = 0; at < text.length && found.length < limit; at += 1) {
    const frame = frames.at(-1);
    switch (text.charCodeAt(at)) {
      case 0x7b:
        frames.push({ keys: new Map(), step: "" });
        break;
      case 0x5b:
        frames.push({ step: 0 });
        break;
      case 0x7d:
      case 0x5d:
        frames.pop();
        break;
      case 0x2c:
        if (typeof frame?.step === "number") {
          frame.step += 1;
        }
        break;
      case 0x22: {
        const end = skipJsonString(text, at);
        if (frame?.keys !== undefined && text[skipJsonSpace(text, end)] === ":") {
          takeKey(text, at, end);
        }
        at = end - 1;
        break;
      }
    }
  }
  return found;

  function takeKey(source: string, at: number, end: number): void {
    const frame = frames.at(-1)!;
    const key = jsonKey(source, at, end);
    frame.step = key;
    const firstOffset = frame.keys!.get(key);
    if (firstOffset === undefined) {
      frame.keys!.set(key, at);
    } else {
      found.push({ path: frames.map(({ step }) => step), offset: at, firstOffset });
    }
  }
}
