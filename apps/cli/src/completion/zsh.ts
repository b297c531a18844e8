import type { CompletionCommand, CompletionFlag } from "./completion-model.ts";

/** A completion script for zsh; it works sourced, and as a file `_dpo` in `$fpath`. */
export function zshCompletion(commands: readonly CompletionCommand[]): string {
  return `#compdef dpo
# dpo completion for zsh; load it after compinit with: eval "$(dpo completion zsh)"
_dpo() {
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    ${quote(`${name}:${description}`)}`).join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$command" in
${commands.map(commandCase).join("\n")}
  esac
}
if [ "\${funcstack[1]}" = "_dpo" ]; then _dpo "$@"; else compdef _dpo dpo; fi
`;
}

function commandCase({ name, flags, operands }: CompletionCommand): string {
  const specs = [...flags.flatMap(flagSpecs), ...operandSpec(operands)];
  return `    ${name})\n      _arguments \\\n${specs.map((spec) => `        ${quote(spec)}`).join(" \\\n")}\n      ;;`;
}

function flagSpecs({ flag, short, description, value }: CompletionFlag): string[] {
  const text = description.replace(/[[\]\\:]/gu, "\\$&");
  return [flag, ...(short === undefined ? [] : [short])].map(
    (name) => `*${name}[${text}]${valueSpec(value)}`,
  );
}

function valueSpec(value: CompletionFlag["value"]): string {
  switch (value) {
    case "none":
      return "";
    case "path":
      return ":path:_files";
    case "text":
      return ":value: ";
    default:
      return `:value:(${value.join(" ")})`;
  }
}

function operandSpec(operands: CompletionCommand["operands"]): string[] {
  switch (operands) {
    case "none":
      return [];
    case "path":
      return ["*:file:_files"];
    default:
      return [`*:value:(${operands.join(" ")})`];
  }
}

function quote(text: string): string {
  return `'${text.replace(/'/gu, "'\\''")}'`;
}
