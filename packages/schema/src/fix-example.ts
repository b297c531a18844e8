import type { FixChange } from "./fixes/fix-change.ts";
import { removeMetadata, removeUnknown, renameKeys } from "./fixes/fix-keys.ts";
import {
  removeOutputWeights,
  removeUnknownMessageKeys,
  renameDeveloper,
  wrapMessages,
  writeArguments,
} from "./fixes/fix-messages.ts";
import { isObject, type UnknownObject } from "./rules/line-parts.ts";

export { type FixChange, type FixName, fixes } from "./fixes/fix-change.ts";

/** What may be repaired beyond what is always safe. */
export interface FixOptions {
  /** Removes keys that the format does not have from the line, its input and its messages. Default: no. */
  dropUnknown?: boolean;
}

export interface FixResult {
  /** The repaired line; the very value that was given if nothing was to be done. */
  value: unknown;
  changes: FixChange[];
}

type Fix = (line: UnknownObject, changes: FixChange[]) => UnknownObject;

const safeFixes: readonly Fix[] = [
  renameKeys,
  wrapMessages,
  renameDeveloper,
  removeOutputWeights,
  writeArguments,
  removeMetadata,
];

const droppingFixes: readonly Fix[] = [removeUnknown, removeUnknownMessageKeys];

/**
 * Repairs what can be repaired in a parsed line without a decision: old names of the outputs, single messages
 * where a list belongs, the role developer, weights of answers, arguments that are objects, known metadata at
 * the top level. No text is changed, nothing is guessed, and a valid example stays as it is. What was given is
 * never altered. Repairing twice is the same as once.
 */
export function fixExample(value: unknown, options: FixOptions = {}): FixResult {
  const changes: FixChange[] = [];
  if (!isObject(value)) {
    return { value, changes };
  }
  const chosen = options.dropUnknown === true ? [...safeFixes, ...droppingFixes] : safeFixes;
  const fixed = chosen.reduce((line, fix) => fix(line, changes), value);
  return { value: fixed, changes };
}
