/** The few signs that are not letters. */
export interface Symbols {
  readonly ellipsis: string;
  /** Points from a column to the part it plays. */
  readonly arrow: string;
  readonly separator: string;
  /** Between two columns of text. */
  readonly divider: string;
  /** Before a child in a tree, and before the last one. */
  readonly branch: string;
  readonly lastBranch: string;
  readonly barDone: string;
  readonly barLeft: string;
}

const unicode: Symbols = {
  ellipsis: "…",
  arrow: "←",
  separator: "·",
  divider: "│",
  branch: "├─",
  lastBranch: "└─",
  barDone: "█",
  barLeft: "░",
};

const ascii: Symbols = {
  ellipsis: "...",
  arrow: "<-",
  separator: "-",
  divider: "|",
  branch: "|-",
  lastBranch: "`-",
  barDone: "#",
  barLeft: ".",
};

/** The signs of a terminal that shows Unicode, or their likeness in ASCII. */
export function symbolsFor(showsUnicode: boolean): Symbols {
  return showsUnicode ? unicode : ascii;
}
