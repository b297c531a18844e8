/**
 * A column as `dataset_info` describes it. `dtype` is one of
 * https://huggingface.co/docs/datasets/package_reference/main_classes#datasets.Value; a list holds objects of the
 * fields given, a sequence values of one type.
 */
export type DatasetFeature = { readonly name: string } & (
  | { readonly dtype: string }
  | { readonly struct: readonly DatasetFeature[] }
  | { readonly list: readonly DatasetFeature[] }
  | { readonly sequence: string }
);

const messages: readonly DatasetFeature[] = [
  { name: "role", dtype: "string" },
  { name: "content", dtype: "string" },
];

/**
 * The columns of canonical lines whose messages are all plain text, without names and tool calls, and that offer no
 * tools. For other lines leave the features out: the Hub finds them itself.
 *
 * @param options `lean`: whether the lines leave out what is at its default. Default: false.
 */
export function textPreferenceFeatures(options: { lean?: boolean } = {}): DatasetFeature[] {
  const defaults: readonly DatasetFeature[] = [
    { name: "tools", sequence: "null" },
    { name: "parallel_tool_calls", dtype: "bool" },
  ];
  const input = [{ name: "messages", list: messages }, ...(options.lean === true ? [] : defaults)];
  return [
    { name: "input", struct: input },
    { name: "preferred_output", list: messages },
    { name: "non_preferred_output", list: messages },
  ];
}
