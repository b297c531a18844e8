import type { ExportLossCode, ExportOmissionCode } from "@dpo-kit/schema";

/** What no target holds whose messages are role and text. */
export const plainTextLosses: readonly ExportLossCode[] = [
  "EXPORT_LOSES_NAMES",
  "EXPORT_LOSES_WEIGHTS",
  "EXPORT_LOSES_REFUSALS",
  "EXPORT_LOSES_CONTENT_PARTS",
  "EXPORT_LOSES_NULL_CONTENT",
  "EXPORT_LOSES_PARALLEL_CALLS",
];

/** What targets lose that hold calls as objects. */
export const plainCallLosses: readonly ExportLossCode[] = [...plainTextLosses, "EXPORT_LOSES_ARGUMENT_TEXT"];

/** Why targets leave examples out that hold calls as objects. */
export const plainCallOmissions: readonly ExportOmissionCode[] = [
  "EXPORT_OMITS_FUNCTIONS",
  "EXPORT_OMITS_ARGUMENTS",
  "EXPORT_OMITS_EQUAL_ANSWERS",
];

/** Why targets leave examples out that hold no calls. */
export const plainTextOmissions: readonly ExportOmissionCode[] = [
  "EXPORT_OMITS_TOOL_CALLS",
  "EXPORT_OMITS_FUNCTIONS",
  "EXPORT_OMITS_EQUAL_ANSWERS",
];
