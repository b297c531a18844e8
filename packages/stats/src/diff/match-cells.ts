import type { Cell } from "./pair-cells.ts";

/** What became of pairs. */
export type Change = "unchanged" | "moved" | "flipped" | "removed" | "added";

/** So many pairs with the same fate; `cell` is in the new dataset, for removed ones in the old. */
export interface Matched {
  readonly change: Change;
  readonly count: number;
  readonly cell: Cell;
}

interface Rest {
  readonly cell: Cell;
  left: number;
}

/**
 * Matches the old pairs with a prompt and two answers with the new ones: first those that are the same, then those
 * with the same preference in another split, then those with the opposite one. What is left was removed or added.
 */
export function matchCells(old: readonly Cell[], fresh: readonly Cell[]): Matched[] {
  const olds = old.map((cell): Rest => ({ cell, left: cell.count }));
  const news = fresh.map((cell): Rest => ({ cell, left: cell.count }));
  const matched: Matched[] = [];
  const rounds: readonly [Change, (one: Cell, other: Cell) => boolean][] = [
    ["unchanged", (one, other) => one.isForward === other.isForward && one.split === other.split],
    ["moved", (one, other) => one.isForward === other.isForward],
    ["flipped", () => true],
  ];
  for (const [change, belongs] of rounds) {
    for (const one of olds) {
      for (const other of news) {
        const count = belongs(one.cell, other.cell) ? Math.min(one.left, other.left) : 0;
        one.left -= count;
        other.left -= count;
        matched.push({ change, count, cell: other.cell });
      }
    }
  }
  const rest = (change: Change, { cell, left }: Rest): Matched => ({ change, count: left, cell });
  return [
    ...matched,
    ...olds.map((one) => rest("removed", one)),
    ...news.map((one) => rest("added", one)),
  ].filter(({ count }) => count > 0);
}
