/** Turns a text of one encoding into UTF-8, piece by piece. */
export interface Transcoder {
  /** Takes at most as many bytes as it was made for; the result is a new array. */
  write(bytes: Uint8Array): Uint8Array;
  /** What is left at the end. */
  end(): Uint8Array;
}
