import type { LineCode } from "../codes/index.ts";
import { Report } from "./report.ts";

/**
 * Only notes that something was found, and which providers refuse it. One is kept and used again for every
 * line, so that a line without problems costs no more than looking at it.
 */
export class Spotter extends Report {
  /** Bits of the providers that refuse what was found. */
  refusing = 0;
  #refusals: ReadonlyMap<LineCode, number> = new Map();

  /** Begins anew; each code found adds its bits. */
  watch(refusals: ReadonlyMap<LineCode, number>): this {
    this.#refusals = refusals;
    this.refusing = 0;
    this.leave();
    return this;
  }

  override add(code: LineCode): void {
    this.refusing |= this.#refusals.get(code) ?? 0;
  }
}
