/** The few signs that are not letters. */
export interface Symbols {
  readonly ellipsis: string;
  /** Points from a column to the part it plays. */
  readonly arrow: string;
  readonly separator: string;
  /** Between two columns of text. */
  readonly divider: string;
  readonly barDone: string;
  readonly barLeft: string;
}

const unicode: Symbols = {
  ellipsis: "…",
  arrow: "←",
  separator: "·",
  divider: "│",
  barDone: "█",
  barLeft: "░",
};

const ascii: Symbols = {
  ellipsis: "...",
  arrow: "<-",
  separator: "-",
  divider: "|",
  barDone: "#",
  barLeft: ".",
};

/** The signs of a terminal that shows Unicode, or their likeness in ASCII. */
export function symbolsFor(showsUnicode: boolean): Symbols {
  return showsUnicode ? unicode : ascii;
}
