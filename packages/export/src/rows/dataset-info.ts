import type { JsonObject } from "@dpo-kit/schema";
import type { ExportedFile, SideFile } from "../export-target.ts";

/**
 * LLaMA-Factory's `dataset_info.json`: a dataset for each file, named `dpo_train` and so on. Columns that are in no
 * row are left out, since its loader fails on them.
 *
 * Source: https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md
 */
export function datasetInfo(
  files: readonly ExportedFile[],
  { formatting, columns }: { formatting: "alpaca" | "sharegpt"; columns: Readonly<Record<string, string>> },
): SideFile {
  const entries = files.map(({ split, name, keys }): [string, JsonObject] => {
    const present = Object.entries(columns).filter(([, column]) => keys.has(column));
    return [
      `dpo_${split}`,
      { file_name: name, ranking: true, formatting, columns: Object.fromEntries(present) },
    ];
  });
  const text = JSON.stringify(Object.fromEntries(entries), null, 2);
  return { name: "dataset_info.json", text: `${text}\n` };
}
