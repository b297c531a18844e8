import type { Symbols } from "./symbols.ts";

/** A bar of up to `width` columns, as long as a part is of the whole; anything above nothing can be seen. */
export function formatBar(part: number, whole: number, { width, symbols }: BarOptions): string {
  const length = whole <= 0 ? 0 : Math.round((Math.min(part, whole) / whole) * width);
  return symbols.barDone.repeat(part > 0 ? Math.max(1, length) : 0);
}

/** How bars are drawn. */
export interface BarOptions {
  readonly width: number;
  readonly symbols: Pick<Symbols, "barDone">;
}

const WIDEST_BAR = 30;
const NARROWEST_BAR = 6;

/** The columns for a bar behind text that takes so many of the terminal's. */
export function barWidth(terminal: number, taken: number): number {
  return Math.max(NARROWEST_BAR, Math.min(WIDEST_BAR, terminal - taken));
}
