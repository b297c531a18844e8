import type { PairBatch } from "@dpo-kit/batch";
import { DataError } from "@dpo-kit/schema";

/** Finds out whether fields that pairs are grouped by are known of any of them. */
export interface FieldCheck {
  observe(batch: PairBatch): void;
  /** @throws SPLIT_FIELD_UNKNOWN when there were pairs, and none had one of the fields. */
  refuseUnknown(): void;
}

/** A check of these fields. */
export function createFieldCheck(names: readonly string[]): FieldCheck {
  const missing = new Set(names);
  let pairs = 0;
  return {
    observe({ count, groups }) {
      pairs += count;
      for (const { name, values } of missing.size === 0 ? [] : groups) {
        if (values.some((value) => value !== "")) {
          missing.delete(name);
        }
      }
    },
    refuseUnknown() {
      const [name] = missing;
      if (name !== undefined && pairs > 0) {
        throw new DataError("SPLIT_FIELD_UNKNOWN", {
          message: `Of no pair a field ${JSON.stringify(name)} is known`,
          hint: "Fields are columns of the input; of canonical lines they come from the provenance file beside them, which dpo convert writes with --provenance and the same option.",
        });
      }
    },
  };
}
