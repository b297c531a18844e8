import type { PairwiseShape } from "./shape.ts";

/**
 * Every shape, in the order in which they are asked: the first that claims the rows has them, so what is explicit
 * stands before what is generic. A new shape is one file, one fixture folder and one line here.
 */
export const shapes: readonly PairwiseShape[] = [
  // Canonical lines, and the preference lines of training services and libraries.
  // A named better and worse answer.
  // Two candidates and a verdict.
  // Several candidates in one row.
  // Trees of messages.
  // One candidate a row.
  // No preferences.
];
