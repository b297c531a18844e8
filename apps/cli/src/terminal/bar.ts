import type { Symbols } from "./symbols.ts";

/** A bar of up to `width` columns, as long as a part is of the whole; anything above nothing can be seen. */
export function formatBar(part: number, whole: number, { width, symbols }: BarOptions): string {
  if (part <= 0 || whole <= 0 || width <= 0) {
    return "";
  }
  return symbols.barDone.repeat(Math.max(1, Math.round((Math.min(part, whole) / whole) * width)));
}

/** How bars are drawn. */
export interface BarOptions {
  readonly width: number;
  readonly symbols: Pick<Symbols, "barDone">;
}

const WIDEST_BAR = 30;
/** With fewer columns left there is none. */
const NARROWEST_BAR = 4;

/** The columns for a bar behind text that takes so many of the terminal's; 0 where too few are left. */
export function barWidth(terminal: number, taken: number): number {
  const left = terminal - taken;
  return left < NARROWEST_BAR ? 0 : Math.min(WIDEST_BAR, left);
}
