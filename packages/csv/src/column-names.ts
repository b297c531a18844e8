import { normaliseColumnName } from "@dpo-kit/preference";

const SHOWN_NAMES = 40;
const SHOWN_NAME_LENGTH = 60;
const COMPARED_NAMES = 1_000;

/** The names as an error shows them: in quotes, long ones and long lists cut. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_NAMES).map((name) => JSON.stringify(shorten(name)));
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}

function shorten(name: string): string {
  return name.length > SHOWN_NAME_LENGTH ? `${name.slice(0, SHOWN_NAME_LENGTH)}…` : name;
}

/** Up to three names that are most like the one that was asked for, the nearest first. */
export function nearNames(asked: string, names: readonly string[]): string[] {
  const wanted = normaliseColumnName(asked).slice(0, SHOWN_NAME_LENGTH);
  return names
    .slice(0, COMPARED_NAMES)
    .map((name) => ({
      name,
      distance: distanceOf(wanted, normaliseColumnName(name).slice(0, SHOWN_NAME_LENGTH)),
    }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(wanted.length / 3)))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Edits that make one text of the other (Levenshtein 1966); 1 where one holds the other. */
function distanceOf(one: string, other: string): number {
  if (one.length >= 3 && other.length >= 3 && (one.includes(other) || other.includes(one))) {
    return 1;
  }
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 0; at < one.length; at += 1) {
    const next = [at + 1];
    for (let against = 0; against < other.length; against += 1) {
      const replaced = row[against]! + (one[at] === other[against] ? 0 : 1);
      next.push(Math.min(replaced, row[against + 1]! + 1, next[against]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}
