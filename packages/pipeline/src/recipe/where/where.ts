import type { Pattern } from "./pattern.ts";

/** What a field of a record can hold, as far as it can be compared. Lists and objects are nothing. */
export type FieldValue = string | number | boolean | null | undefined;

/** One side of a comparison. */
export type Operand =
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null };

export type ComparisonSign = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** An understood condition. */
export type Condition =
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | {
      readonly kind: "compare";
      readonly sign: ComparisonSign;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: "in"; readonly value: Operand; readonly list: readonly Operand[] }
  | { readonly kind: "contains"; readonly value: Operand; readonly text: Operand }
  | { readonly kind: "matches"; readonly value: Operand; readonly pattern: Pattern };

/** A condition, and the names of the fields that it asks for, each once, in the order of the text. */
export interface Where {
  /** As it was written. */
  readonly text: string;
  readonly condition: Condition;
  readonly fields: readonly string[];
}

/** What is known of every pair beside the fields of its record. */
export const pairFacts = ["@source", "@record", "@line", "@rule", "@margin"] as const;
