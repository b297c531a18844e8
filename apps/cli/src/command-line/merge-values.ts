import {
  type ColumnNames,
  flagName,
  type OptionDeclaration,
  type OptionValue,
} from "@dpo-kit/pipeline/options";
import { DataError, type TargetId } from "@dpo-kit/schema";

/**
 * What an option that was given again stands for: columns, targets and lists of paths are added to, all else is replaced.
 * @throws RUN_OPTION_INVALID when a column's role is given twice with different names.
 */
export function mergeValues(
  option: OptionDeclaration,
  before: OptionValue | undefined,
  value: OptionValue,
): OptionValue {
  if (before === undefined) {
    return value;
  }
  if (option.type === "columns") {
    return mergeColumns(option, before as ColumnNames, value as ColumnNames);
  }
  if (option.type === "targets") {
    return [...new Set([...(before as TargetId[]), ...(value as TargetId[])])];
  }
  if (option.type === "paths") {
    return [...(before as string[]), ...(value as string[])];
  }
  return value;
}

function mergeColumns(option: OptionDeclaration, before: ColumnNames, value: ColumnNames): ColumnNames {
  const twice = (Object.keys(value) as (keyof ColumnNames)[]).find(
    (role) => before[role] !== undefined && before[role] !== value[role],
  );
  if (twice !== undefined) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `--${flagName(option.name)} names two columns for one role: ${before[twice]} and ${value[twice]}`,
      hint: "Name one column for each role.",
    });
  }
  return { ...before, ...value };
}
