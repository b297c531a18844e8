import { parseArgs } from "node:util";
import {
  type CommandName,
  didYouMean,
  flagName,
  type OptionDeclaration,
  type OptionValue,
  optionsOf,
  parseOption,
} from "@dpo-kit/pipeline/options";
import { DataError } from "@dpo-kit/schema";
import { mergeValues } from "./merge-values.ts";

/** What was typed after the name of a command, understood. */
export interface CommandLine {
  readonly command: CommandName;
  /** By the names of the declarations; only what was given. */
  readonly values: Readonly<Record<string, OptionValue>>;
  readonly operands: readonly string[];
}

/** One `--flag` as Node's parser hands it over. */
interface FlagToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

/**
 * Understands the words after a command by its declared options. A flag that is on unless said otherwise has a
 * `--no-` form. An option given twice counts the last time; of `--columns` and `--target` all count.
 *
 * @throws RUN_OPTION_INVALID for an unknown flag, a missing value, a value that the option does not take.
 */
export function parseCommandLine(command: CommandName, words: readonly string[]): CommandLine {
  const declarations = optionsOf(command);
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options: parserOptions(declarations),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values: Record<string, OptionValue> = {};
  for (const token of tokens) {
    if (token.kind === "option") {
      readFlag(token, declarations, values);
    }
  }
  return { command, values, operands: positionals };
}

interface ParserOption {
  type: "string" | "boolean";
  short?: string;
}

function parserOptions(declarations: readonly OptionDeclaration[]): Record<string, ParserOption> {
  return Object.fromEntries(
    declarations.map(({ name, type, short }) => [
      flagName(name),
      { type: type === "flag" ? "boolean" : "string", ...(short === undefined ? {} : { short }) },
    ]),
  );
}

function readFlag(
  token: FlagToken,
  declarations: readonly OptionDeclaration[],
  values: Record<string, OptionValue>,
): void {
  const declaration = declarations.find(({ name }) => flagName(name) === token.name);
  const negated = declarations.find(
    (option) => hasNegation(option) && `no-${flagName(option.name)}` === token.name,
  );
  if (negated !== undefined) {
    refuseValue(token);
    values[negated.name] = false;
  } else if (declaration === undefined) {
    throw unknownFlag(token.rawName, declarations);
  } else if (declaration.type === "flag") {
    refuseValue(token);
    values[declaration.name] = true;
  } else {
    const value = parseOption(declaration, requireValue(token, declaration, declarations));
    values[declaration.name] = mergeValues(declaration, values[declaration.name], value);
  }
}

/** Whether a flag has a `--no-` form: it is on by default, always or on a terminal. */
export function hasNegation({ type, defaultText }: OptionDeclaration): boolean {
  return type === "flag" && defaultText !== undefined;
}

/** Every flag of a command as it is typed, `--no-` forms included. */
export function flagsOf(declarations: readonly OptionDeclaration[]): string[] {
  return declarations.flatMap((option) => {
    const flag = flagName(option.name);
    return hasNegation(option) ? [`--${flag}`, `--no-${flag}`] : [`--${flag}`];
  });
}

function unknownFlag(rawName: string, declarations: readonly OptionDeclaration[]): DataError {
  const near = didYouMean(rawName, [...flagsOf(declarations), "--help"]);
  return new DataError("RUN_OPTION_INVALID", {
    message: `There is no option ${rawName}`,
    hint: near === "" ? "-h lists the options of this command." : near,
  });
}

function refuseValue({ rawName, value }: FlagToken): void {
  if (value !== undefined) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `${rawName} takes no value`,
      hint: `Write it as ${rawName} alone.`,
    });
  }
}

function requireValue(
  { rawName, value, inlineValue }: FlagToken,
  declaration: OptionDeclaration,
  declarations: readonly OptionDeclaration[],
): string {
  // Node's parser takes the next word whatever it is; one that is itself a flag was not meant as a value.
  const isFlag = value !== undefined && inlineValue !== true && looksLikeFlag(value, declarations);
  if (value === undefined || isFlag || (value === "" && declaration.type !== "text")) {
    throw new DataError("RUN_OPTION_INVALID", {
      message:
        `${rawName} needs a value: ${rawName} ${declaration.placeholder ?? declaration.choices?.join("|") ?? ""}`.trimEnd(),
      hint: isFlag ? `If ${value} is meant as the value, write ${rawName}=${value}` : declaration.description,
    });
  }
  return value;
}

function looksLikeFlag(word: string, declarations: readonly OptionDeclaration[]): boolean {
  const [flag] = word.split("=");
  return (
    flagsOf(declarations).includes(flag!) ||
    declarations.some(({ short }) => short !== undefined && word === `-${short}`)
  );
}
