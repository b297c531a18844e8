const notInName = /[^\p{L}\p{N}\p{M}]+/gu;

/**
 * A column name with case, spaces and punctuation ignored: `Non-preferred`, `non_preferred` and
 * `nonPreferred` are all `nonpreferred`. Full-width and other compatibility forms are folded (NFKC), since
 * spreadsheets of East Asian locales write them. Empty where the name has no letter or digit.
 */
export function normaliseColumnName(name: string): string {
  return name.normalize("NFKC").replace(notInName, "").toLowerCase();
}
