/** A word as POSIX shells take it. */
export function shellWord(text: string): string {
  return /^[\w=.,:@%+/-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
