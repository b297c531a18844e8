export {
  type CommandName,
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
} from "./options/parse-option.ts";
export { shellWord } from "./options/shell-word.ts";
