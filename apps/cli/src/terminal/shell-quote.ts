const plainWord = /^[\w@%+=:,./-]+$/u;

/** A word as a POSIX shell takes it literally; quoted only where it has to be. */
export function shellQuote(word: string): string {
  return plainWord.test(word) ? word : `'${word.replace(/'/gu, "'\\''")}'`;
}
