import fc from "fast-check";

/** Texts that have broken readers, writers, keys or terminals somewhere before. */
export const hostilePieces: readonly string[] = [
  ...['"', '""', "'", "\\", '\\"', "\n", "\r\n", "\r", "\t", ",", ";", "|", "\n\n", '",\n"'],
  // Controls: NUL, a terminal colour, DEL, NEL; then spaces that are not the space.
  ...["\u0000", "\u0001", "\u001b[31m", "\u007f", "\u0085", "\u00a0", "\u200b", "\u3000"],
  // Separators that JSON allows and JavaScript once did not, the byte order mark, text direction.
  ...["\u2028", "\u2029", "\ufeff", "\u202e", "שלום", "مرحبا"],
  // The same letter composed and not; case mappings that change the length or depend on the place.
  ...["é", "e\u0301", "ﬀ", "İ", "ß", "ΣΑΣ", "Å", "ñ"],
  // Astral characters, joined ones, the replacement character, a noncharacter.
  ...["𝒜", "👩‍👩‍👧‍👦", "🇪🇺", "漢字", "\ufffd", "\uffff"],
  // Names that objects have, values that readers convert, formulas, markup of templates.
  ...["__proto__", "constructor", "toString", "null", "None", "NaN", "NA", "true", "007", "1.10", "1e999"],
  ...['{"a":1}', "[", "{{", "<%= x %>", "%s", "=1+1", "<|im_end|>", "[INST]", "<script>"],
];

/** Text of hostile pieces and any other characters, without lone surrogates; may be empty. */
export function arbitraryHostileText(): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...hostilePieces) },
    { weight: 2, arbitrary: fc.string({ maxLength: 8 }) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
  );
  return fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
}

/** Hostile text that says something: it holds at least one letter. */
export function arbitraryFilledText(): fc.Arbitrary<string> {
  return fc
    .tuple(arbitraryHostileText(), fc.constantFrom("a", "Zz", "is"), arbitraryHostileText())
    .map((pieces) => pieces.join(""));
}

/** Text with half a surrogate pair in it, which UTF-8 cannot hold. */
export function arbitraryBrokenText(): fc.Arbitrary<string> {
  return fc
    .tuple(
      arbitraryHostileText(),
      fc.constantFrom("\ud800 ", "\udc00 ", "\udbff\ud800 "),
      arbitraryHostileText(),
    )
    .map(([before, half, after]) => `${before} ${half}${after}`);
}
