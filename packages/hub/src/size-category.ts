/** The Hub's buckets, by the first number of examples that is too many for each. */
const buckets: readonly (readonly [below: number, name: string])[] = [
  [1e3, "n<1K"],
  [1e4, "1K<n<10K"],
  [1e5, "10K<n<100K"],
  [1e6, "100K<n<1M"],
  [1e7, "1M<n<10M"],
  [1e8, "10M<n<100M"],
  [1e9, "100M<n<1B"],
  [1e10, "1B<n<10B"],
  [1e11, "10B<n<100B"],
  [1e12, "100B<n<1T"],
];

/**
 * The `size_categories` of a dataset card for a number of examples.
 * (https://github.com/huggingface/hub-docs/blob/main/datasetcard.md)
 */
export function sizeCategory(examples: number): string {
  return buckets.find(([below]) => examples < below)?.[1] ?? "n>1T";
}
