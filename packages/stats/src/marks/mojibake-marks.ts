import type { MarkFamily } from "./text-mark.ts";

/** What Windows-1252, or Latin-1, shows for the bytes 0x80 to 0xBF: those that follow the first byte in UTF-8. */
const trailing = "\\u0080-\\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

/**
 * UTF-8 that was read as Windows-1252 or Latin-1: Ã or Â for the letters of Latin-1, â€ for quotes and dashes, ðŸ
 * for emoji. They are among the sequences of https://ftfy.readthedocs.io/en/latest/heuristic.html, and no language
 * writes them, but for words in capitals that end in Ã before a sign, as “MAÇÃ” does.
 */
const misread = new RegExp(
  `Ã(?!(?<=\\p{Lu}Ã)[…’”–—](?!\\p{L}))[${trailing}]|Â[\\u0080-\\u009f\\u00a1-\\u00bf]|â[€\\u0080][${trailing}]|ð[Ÿ\\u009f][${trailing}]`,
  "u",
);

export const mojibakeMarks: MarkFamily = {
  hint: /[ÃÂâð\ufffd]/u,
  marks: [
    {
      id: "misread",
      code: "AUDIT_MOJIBAKE",
      title: "UTF-8 that was read in another encoding",
      find: (text) => misread.exec(text)?.[0],
    },
    {
      id: "replacement",
      code: "AUDIT_MOJIBAKE",
      title: "the replacement character U+FFFD",
      find: (text) => (text.includes("\ufffd") ? "\ufffd" : undefined),
    },
  ],
};
