/** The most bytes of text that the kernel takes at a time. */
export const CHUNK_BYTES: number = 1 << 16;

/** Whatever is read or written sixteen bytes at a time may go that far over its end. */
const SLACK = 32;

/** Where in the kernel's memory things lie. */
export const layout: Readonly<
  Record<"state" | "shortEscapes" | "foldTable" | "source" | "line" | "folded", number>
> = {
  /** Five words: where source, line and fold have got to, whether a space came last, the flags. */
  state: 0,
  /** Of each byte below 0x20 the letter of its short escape, or 0. */
  shortEscapes: 0x40,
  /** A word for each code point below {@link FOLD_TABLE_LENGTH}: see `foldCodePoint`; 0: not asked yet. */
  foldTable: 0x1000,
  source: 0x8_2000,
  // An escape has at most six bytes for one, a fold at most three for two.
  line: 0x8_2000 + CHUNK_BYTES + SLACK,
  folded: 0x8_2000 + CHUNK_BYTES * 7 + SLACK * 2,
};

export const FOLD_TABLE_LENGTH: number = 0x2_0000;
/** How much memory the kernel has. */
export const MEMORY_BYTES: number = layout.folded + CHUNK_BYTES * 2 + SLACK;

/** It is white space. */
export const FOLDS_TO_SPACE = 1;
/** Only the reference knows what the text it stands in folds to. From 3 on, an entry is the folded code point. */
export const FOLDS_BY_REFERENCE = 2;

/** The fold that was written is void: the text folds by reference. */
export const FLAG_BY_REFERENCE = 1;
/** The text holds `<|`. */
export const FLAG_MARK = 2;
