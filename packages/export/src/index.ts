export { type ExportedExample, exportExample } from "./export-example.ts";
export { ExportNotes, type OmissionCode } from "./export-notes.ts";
export type {
  ExportedFile,
  ExportOptions,
  ExportTarget,
  RowMembers,
  SideFile,
  TargetSource,
} from "./export-target.ts";
export { formatRow } from "./rows/format-row.ts";
export { exportTarget, exportTargets } from "./targets.ts";
