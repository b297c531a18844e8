import { type DpoExample, type LineCode, type TargetId, validateExample } from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";

/** Leaves an example out that a provider would refuse, with the code of the first rule that it breaks. */
export function requireTakenBy(provider: TargetId, example: DpoExample, notes: ExportNotes): void {
  const broken = validateExample(example, { targets: [provider] }).find(
    ({ severity }) => severity === "error",
  );
  if (broken !== undefined) {
    notes.leaveOut(broken.code as LineCode);
  }
}
