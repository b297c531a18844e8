/** Names that are nearest to what was typed, nearest first; none if nothing is near. */
export function closestNames(typed: string, known: readonly string[], most: number = 3): string[] {
  const wanted = typed.toLowerCase();
  return known
    .map((name) => ({ name, distance: distanceTo(wanted, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= farthest(wanted))
    .sort((one, other) => one.distance - other.distance || (one.name < other.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** `Did you mean …?`, or nothing. */
export function didYouMean(typed: string, known: readonly string[]): string {
  const [closest] = closestNames(typed, known, 1);
  return closest === undefined ? "" : `Did you mean ${closest}?`;
}

/** What was typed may differ from a name in a third of its letters. */
function farthest(typed: string): number {
  return Math.max(1, Math.floor(typed.length / 3));
}

function distanceTo(typed: string, name: string): number {
  // The start of a name, or a part between its underscores or dashes, is as near as one wrong letter.
  const isPart = typed.length >= 3 && (name.startsWith(typed) || name.split(/[_-]/u).includes(typed));
  return isPart ? 1 : editDistance(typed, name);
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
export function editDistance(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        cost = Math.min(cost, beforeLast[column - 2]! + 1);
      }
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[other.length]!;
}
