import { exportTarget } from "@dpo-kit/export";
import type { ExportPlan } from "../conversion-plan.ts";

/**
 * What each of the targets may lose, and why it may leave examples out. How often, only a run tells.
 * @throws EXPORT_TARGET_UNKNOWN
 */
export function plannedExports(targets: readonly string[]): ExportPlan[] {
  return [...new Set(targets.map(exportTarget))].map(({ id, title, losses, omissions }) => ({
    target: id,
    title,
    mayLose: losses,
    mayLeaveOut: omissions,
  }));
}
