import { type CodeKind, codeDefinition, type IssueCode } from "@dpo-kit/schema";
import { wrapText } from "../terminal/fit-text.ts";
import type { TextStyle } from "../terminal/terminal.ts";

/** What happens to that which has a code of the kind. */
const consequences: Readonly<Record<CodeKind, string>> = {
  refusal: "The whole source is refused: nothing of it is written, and the exit code is 1.",
  malformed: "The row or line could not be read as a record. It goes to the rejects file; the run goes on.",
  rejected: "The record gives no pair and goes to the rejects file, for you to look at; the run goes on.",
  skipped: "The record is passed over and counted. Nothing is wrong with it.",
  dropped: "The comparison is left out and counted. Nothing is wrong with it.",
  note: "Nothing happens to it; you should know.",
  rule: "A rule of a provider or of the canonical schema: convert writes no line that breaks it, validate reports it.",
  usage: "The command stops, with exit code 2, until the call is changed.",
};

/** Everything the registry knows of a code. */
export function explanation(code: IssueCode, { palette, width }: TextStyle): string[] {
  const { kind, severity, title, meaning, fix, example, source } = codeDefinition(code);
  const part = (label: string, text: string): string[] => [
    "",
    palette.strong(label),
    ...wrapText(text, width - 2).map((line) => `  ${line}`),
  ];
  return [
    `${palette.strong(code)}: ${title}`,
    ...part("What happens", `${consequences[kind]} (${kind}, ${severity})`),
    ...part("Why it matters", meaning),
    ...part("What to do", fix),
    ...(example === undefined ? [] : ["", palette.strong("Example"), ...indented(example)]),
    ...(source === undefined ? [] : part("Source", source)),
  ];
}

/** An example keeps its lines: where they break may be the point of it. */
function indented(text: string): string[] {
  return text.split("\n").map((line) => `  ${line}`);
}
