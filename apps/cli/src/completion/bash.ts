import type { CompletionCommand, CompletionFlag } from "./completion-model.ts";

/** A completion script for bash 3.2 and later, the one of macOS included. */
export function bashCompletion(commands: readonly CompletionCommand[]): string {
  return `# dpo completion for bash; load it with: eval "$(dpo completion bash)"
_dpo() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")} --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${commands.map(commandCase).join("\n")}
  esac
}
complete -o default -F _dpo dpo
`;
}

function commandCase(command: CompletionCommand): string {
  const values = command.flags.filter(({ value }) => value !== "none").map(valueCase);
  const flags = command.flags.flatMap(({ flag, short }) => (short === undefined ? [flag] : [flag, short]));
  return `    ${command.name})
      case "$previous" in
${[...values, "        *) ;;"].join("\n")}
      esac
      case "$current" in
        -*) COMPREPLY=($(compgen -W "${[...new Set(flags)].join(" ")}" -- "$current")); return ;;
      esac
      ${operandReply(command.operands)} ;;`;
}

function valueCase({ flag, short, value }: CompletionFlag): string {
  const names = short === undefined ? flag : `${flag}|${short}`;
  const reply = typeof value === "string" ? pathReply(value === "path") : wordReply(value);
  return `        ${names}) ${reply}; return ;;`;
}

function operandReply(operands: CompletionCommand["operands"]): string {
  return typeof operands === "string" ? pathReply(operands === "path") : wordReply(operands);
}

/** An empty reply leaves it to `complete -o default`, which gives paths with their spaces quoted. */
function pathReply(isPath: boolean): string {
  return isPath ? "COMPREPLY=()" : ":";
}

function wordReply(words: readonly string[]): string {
  return `COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$current"))`;
}
