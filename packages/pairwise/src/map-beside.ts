import { columnSynonyms, normaliseColumnName } from "@dpo-kit/preference";
import { mapContext } from "./context-mapping.ts";
import type { PairwiseMappingOptions } from "./mapping-options.ts";
import type { RowSample } from "./row-sample.ts";
import type { ColumnMapping } from "./shape.ts";

/** The system message and the tools beside conversations, which hold their prompt themselves. */
export function mapBeside(sample: RowSample, options: PairwiseMappingOptions): readonly ColumnMapping[] {
  const beside = new Set(
    [...columnSynonyms.system, ...columnSynonyms.tools].map(({ name }) => normaliseColumnName(name)),
  );
  const others = sample.columns
    .map(({ name }) => name)
    .filter((name) => !beside.has(normaliseColumnName(name)));
  const { mapping } = mapContext(
    sample,
    { ...options, columns: { ...options.columns, prompt: null, messages: null } },
    others,
  );
  return mapping.filter(({ role }) => role === "system" || role === "tools");
}
