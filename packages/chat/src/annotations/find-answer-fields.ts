/** What the names of two answers end with, the first one's before the second one's. */
const endings: readonly (readonly [string, string])[] = [
  ["1", "2"],
  ["a", "b"],
  ["A", "B"],
  ["left", "right"],
];

/**
 * The names of two answers shown side by side, the left one first: two names that differ only in how they end.
 * Undefined where there are none, or more than two.
 */
export function findAnswerFields(names: readonly string[]): readonly [string, string] | undefined {
  const known = new Set(names);
  const found = names.flatMap((name) =>
    endings
      .filter(([first]) => name.endsWith(first))
      .map(([first, second]) => [name, name.slice(0, -first.length) + second] as const)
      .filter(([, second]) => known.has(second)),
  );
  return found.length === 1 ? found[0] : undefined;
}
