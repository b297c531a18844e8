import type { DatasetFeature } from "@dpo-kit/hub";
import type { ParquetColumn } from "@dpo-kit/io";
import { type ExampleMembers, exampleColumns } from "./example-members.ts";

/**
 * What a dataset card says of the columns of Parquet files. JSON is text there: readers that do not know it as a
 * type of its own take it so (https://huggingface.co/docs/datasets/package_reference/main_classes#datasets.Value).
 */
export function parquetFeatures(columns: readonly ParquetColumn[]): DatasetFeature[] {
  return columns.map((column): DatasetFeature => {
    const { name } = column;
    if ("struct" in column) {
      return { name, struct: parquetFeatures(column.struct) };
    }
    return "list" in column
      ? { name, list: parquetFeatures(column.list) }
      : { name, dtype: column.type === "json" ? "string" : column.type };
  });
}

/**
 * What a dataset card says of the columns of JSON Lines. Undefined where they are best left to be found: tools of any
 * shape, and contents that are lists of parts.
 */
export function lineFeatures(members: ExampleMembers): DatasetFeature[] | undefined {
  if (members.hasTools || members.withoutColumn !== undefined) {
    return undefined;
  }
  const [input, ...outputs] = parquetFeatures(exampleColumns(members)) as [
    { name: string; struct: readonly DatasetFeature[] },
    ...DatasetFeature[],
  ];
  // An empty list has no type of its own.
  const struct = input.struct.map((feature) =>
    feature.name === "tools" ? { name: "tools", sequence: "null" } : feature,
  );
  return [{ name: input.name, struct }, ...outputs];
}
