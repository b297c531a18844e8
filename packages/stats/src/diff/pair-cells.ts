import { comparePlaces, type PairPlace } from "../pairs/pair-place.ts";

/** Pairs with the same prompt and answers that are alike in split and preference, in one dataset. */
export interface Cell {
  readonly split: string;
  /** Which of the two answers is preferred. */
  readonly isForward: boolean;
  readonly count: number;
  /** The first of them. */
  readonly place: PairPlace;
}

/** Adds a cell to those that are there. */
export function addCell(cells: readonly Cell[], more: Cell): readonly Cell[] {
  const index = cells.findIndex((cell) => cell.split === more.split && cell.isForward === more.isForward);
  if (index === -1) {
    return [...cells, more].sort(compareCells);
  }
  const mine = cells[index]!;
  const place = comparePlaces(mine.place, more.place) <= 0 ? mine.place : more.place;
  return cells.with(index, { ...mine, count: mine.count + more.count, place });
}

function compareCells(one: Cell, other: Cell): number {
  if (one.split !== other.split) {
    return one.split < other.split ? -1 : 1;
  }
  return Number(other.isForward) - Number(one.isForward);
}
