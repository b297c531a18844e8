import type { Row } from "@dpo-kit/io";
import type { Issue, JsonValue, Location } from "@dpo-kit/schema";
import type { CountedRow } from "./json-row.ts";

/** A row of a table, whose value is made only if somebody asks for it: most rows are read as they are stored. */
export class CountedTableRow implements CountedRow {
  readonly at: Location;
  readonly #row: Row;
  #isTaken = false;
  #isMade = false;

  constructor(row: Row) {
    this.at = row.at;
    this.#row = row;
  }

  takeStored(): ReturnType<NonNullable<Row["takeStored"]>> {
    const stored = this.#row.takeStored?.();
    this.#isTaken = stored !== undefined;
    return stored;
  }

  get value(): JsonValue | undefined {
    this.#isMade = true;
    return this.#row.value;
  }

  get issues(): readonly Issue[] {
    this.#isMade = true;
    return this.#row.issues;
  }

  get bytes(): number {
    return this.#row.bytes;
  }

  /** What is stored is taken only where nothing is wrong with the row. */
  get unit(): CountedRow["unit"] {
    if (this.#isTaken && !this.#isMade) {
      return "intoRecords";
    }
    const { issues, value } = this.#row;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return issues.length === 0 && isObject ? "intoRecords" : "malformed";
  }
}
