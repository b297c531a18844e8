/**
 * What a UTF-16 code unit is to words: between them, a part of one, a word by itself, or half of a character
 * outside the basic plane (which is a word by itself).
 *
 * The classes are ranges written down here, not Unicode properties, which differ between versions of Node as
 * Unicode grows.
 */
export const characterClass = { between: 0, inWord: 1, ownWord: 2, surrogate: 3 } as const;

type Ranges = readonly (readonly [first: number, last: number])[];

/** White space, controls, and punctuation that says little: quotes, brackets, stops. */
const between: Ranges = [
  [0x00, 0x22],
  [0x27, 0x29],
  [0x2c, 0x2c],
  [0x2e, 0x2e],
  [0x3a, 0x3b],
  [0x3f, 0x3f],
  [0x5b, 0x5b],
  [0x5d, 0x5d],
  [0x60, 0x60],
  [0x7b, 0x7b],
  [0x7d, 0x7d],
  [0x7f, 0xa9],
  [0xab, 0xb0],
  [0xb2, 0xb4],
  [0xb6, 0xb9],
  [0xbb, 0xbf],
  [0x1680, 0x1680],
  [0x2000, 0x206f],
  [0x2e00, 0x2e7f],
  [0x3000, 0x3004],
  [0x3008, 0x3020],
  [0x3030, 0x303f],
  [0xfe00, 0xfe1f],
  [0xfe30, 0xfe6f],
  [0xfeff, 0xfeff],
  [0xff01, 0xff0f],
  [0xff1a, 0xff20],
  [0xff3b, 0xff40],
  [0xff5b, 0xff65],
  [0xfff0, 0xffff],
];

/**
 * Signs that change what is said, such as `+` and `<`; and the letters of scripts that put no spaces between
 * words: Thai, Lao, Tibetan, Burmese, Khmer, Kana, and the ideographs of Chinese, Japanese and Korean.
 */
const ownWord: Ranges = [
  [0x23, 0x26],
  [0x2a, 0x2b],
  [0x2d, 0x2d],
  [0x2f, 0x2f],
  [0x3c, 0x3e],
  [0x40, 0x40],
  [0x5c, 0x5c],
  [0x5e, 0x5e],
  [0x7c, 0x7c],
  [0x7e, 0x7e],
  [0xb1, 0xb1],
  [0xd7, 0xd7],
  [0xf7, 0xf7],
  [0x0e00, 0x109f],
  [0x1780, 0x17ff],
  [0x2070, 0x2bff],
  [0x2e80, 0x2fff],
  [0x3005, 0x3007],
  [0x3021, 0x302f],
  [0x3040, 0x312f],
  [0x31a0, 0x9fff],
  [0xf900, 0xfaff],
  [0xff66, 0xff9f],
];

const classes = new Uint8Array(0x10000).fill(characterClass.inWord);
for (const [first, last] of between) {
  classes.fill(characterClass.between, first, last + 1);
}
for (const [first, last] of ownWord) {
  classes.fill(characterClass.ownWord, first, last + 1);
}
classes.fill(characterClass.surrogate, 0xd800, 0xe000);

/** The class of each UTF-16 code unit. */
export const classOfCodeUnit: Readonly<Uint8Array> = classes;
