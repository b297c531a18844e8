import type { ExportLossCode, ExportOmissionCode, LineCode } from "@dpo-kit/schema";

/** Why an example is left out: a reason of the export, or the rule of a provider that it breaks. */
export type OmissionCode = ExportOmissionCode | LineCode;

/** Collects what is lost of one example, and why it cannot be exported at all. */
export class ExportNotes {
  readonly #losses = new Set<ExportLossCode>();
  #omission: OmissionCode | undefined;

  /** Each loss once, in the order in which they were found. */
  get losses(): readonly ExportLossCode[] {
    return [...this.#losses];
  }

  /** The first reason to leave the example out; undefined where there is none. */
  get omission(): OmissionCode | undefined {
    return this.#omission;
  }

  /** Something of the example is not in the row, or is another thing there. */
  lose(code: ExportLossCode): void {
    this.#losses.add(code);
  }

  /** The target cannot hold the example. What is made of it further on is not looked at. */
  leaveOut(code: OmissionCode): void {
    this.#omission ??= code;
  }
}
