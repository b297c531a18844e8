import { flagName, type OptionDeclaration } from "@dpo-kit/pipeline/options";

/** An option as help shows it: `-o, --output <path>`. */
export function optionSyntax(option: OptionDeclaration): string {
  const short = option.short === undefined ? "    " : `-${option.short}, `;
  return `${short}${optionFlag(option)}`;
}

/** `--output <path>`, `--on-invalid <reject|skip|stop>`, `--no-digest`. */
export function optionFlag(option: OptionDeclaration): string {
  const value = valueSyntax(option);
  return `--${flagName(option.name)}${value === "" ? "" : ` ${value}`}`;
}

/** What is typed for the value: `<path>`, `<reject|skip|stop>`, nothing for a flag. */
export function valueSyntax({ type, placeholder, choices }: OptionDeclaration): string {
  if (type === "flag") {
    return "";
  }
  return choices === undefined ? (placeholder ?? "<value>") : `<${choices.join("|")}>`;
}

/** What an option does, with its default. */
export function optionMeaning({ description, defaultText }: OptionDeclaration): string {
  return defaultText === undefined ? description : `${description} (default: ${defaultText})`;
}
