import type { Outcome, UnitLedger } from "@dpo-kit/batch";

/** Units since the last time they were taken. */
export class UnitCount {
  private blank = 0;
  private malformed = 0;
  private intoRecords = 0;

  /** An outcome was made of a unit. */
  add(outcome: Outcome): void {
    this.addRow(outcome.kind === "rejected" && outcome.malformed === true);
  }

  /** A unit became a record, or could not. */
  addRow(isMalformed: boolean): void {
    if (isMalformed) {
      this.malformed += 1;
    } else {
      this.intoRecords += 1;
    }
  }

  addBlankLines(lines: number): void {
    this.blank += lines;
  }

  /** The counts so far; they begin at 0 after it. */
  take(): Pick<UnitLedger, "read" | "blank" | "malformed" | "intoRecords"> {
    const { blank, malformed, intoRecords } = this;
    this.blank = 0;
    this.malformed = 0;
    this.intoRecords = 0;
    return { read: blank + malformed + intoRecords, blank, malformed, intoRecords };
  }

  /** Adds the counts so far to a ledger; they begin at 0 after it. */
  moveTo(units: UnitLedger | undefined): void {
    const taken = this.take();
    if (units !== undefined) {
      units.read += taken.read;
      units.blank += taken.blank;
      units.malformed += taken.malformed;
      units.intoRecords += taken.intoRecords;
    }
  }
}
