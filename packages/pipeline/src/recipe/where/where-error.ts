/** What is wrong with an expression or a pattern, and where in it. */
export class WhereError extends Error {
  override readonly name: string = "WhereError";
  /** From 0, in UTF-16 code units. */
  readonly at: number;
  /** How to put it right. */
  readonly hint: string;

  constructor(message: string, { at, hint }: { at: number; hint: string }) {
    super(message);
    this.at = at;
    this.hint = hint;
  }
}
