/** Of pairs in which one side has something and the other has not: which side it is. */
export interface SignBias {
  /** Pairs in which only the preferred answer has it. */
  readonly preferred: number;
  /** Pairs in which only the other answer has it. */
  readonly nonPreferred: number;
  /** `preferred` of both together, 0 to 1. Without bias a half; a half too where there are no such pairs. */
  readonly share: number;
  /**
   * Cohen's g: how far the share is from a half, negative below it. 0.05 is called small, 0.15 medium, 0.25 large
   * (J. Cohen 1988, chapter 5, https://doi.org/10.4324/9780203771587).
   */
  readonly effect: number;
  /**
   * The z of the sign test, which for such pairs is McNemar's: (b − c) / √(b + c). Beyond ±1.96 chance alone gives
   * it less than once in twenty (https://doi.org/10.1007/BF02295996).
   */
  readonly z: number;
}

/** The bias of so many pairs on each side. */
export function signBias(preferred: number, nonPreferred: number): SignBias {
  const both = preferred + nonPreferred;
  const share = both === 0 ? 0.5 : preferred / both;
  const z = both === 0 ? 0 : (preferred - nonPreferred) / Math.sqrt(both);
  return { preferred, nonPreferred, share, effect: share - 0.5, z };
}
