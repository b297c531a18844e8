export { closestNames, didYouMean } from "./options/closest-name.ts";
export {
  type CommandName,
  commandNames,
  flagName,
  type OptionDeclaration,
  type OptionType,
  recipeKey,
} from "./options/option-declaration.ts";
export { optionDeclarations, optionsOf } from "./options/option-declarations.ts";
export {
  type Allowance,
  type ColumnNames,
  type Margin,
  type OptionValue,
  parseOption,
  type ShardSize,
} from "./options/parse-option.ts";
export { formatSplits, type SplitName, type SplitShare, splitNames } from "./options/parse-splits.ts";
export { shellWord } from "./options/shell-word.ts";
