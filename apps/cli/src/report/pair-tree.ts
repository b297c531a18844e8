import type { PreviewPair } from "@dpo-kit/pipeline";
import { cutText } from "../terminal/fit-text.ts";
import { countOf } from "../terminal/quantities.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { visibleText } from "../terminal/visible-text.ts";

type Tree = NonNullable<PreviewPair["tree"]>;

/** More answers than this to one message are told by their number. */
const MOST_ANSWERS = 8;
/** Characters of a message that are looked at: what is shown is one line. */
const LOOKED_AT = 400;

/** The branch of a conversation that a pair is of: the message, and below it all its answers. */
export function pairTreeLines({ tree }: PreviewPair, style: TextStyle): string[] {
  if (tree === undefined) {
    return [];
  }
  const shown = tree.answers.slice(0, MOST_ANSWERS);
  const hidden = tree.answers.length - shown.length;
  return [
    ...(tree.before > 0 ? [`  ${style.palette.faint(`${countOf(tree.before, "message")} before`)}`] : []),
    line(`  user  `, tree.question, style),
    ...shown.map((answer, index) => answerLine(answer, index === tree.answers.length - 1, style)),
    ...(hidden > 0 ? [`  ${style.symbols.lastBranch} and ${countOf(hidden, "more answer")}`] : []),
  ];
}

function answerLine(
  { marks, model, side, text }: Tree["answers"][number],
  isLast: boolean,
  style: TextStyle,
): string {
  const { palette, symbols } = style;
  const facts = [...(model === undefined ? [] : [model]), ...marks].map(visibleText).join(", ");
  const name = side ?? "answer";
  const told = `  ${isLast ? symbols.lastBranch : symbols.branch} ${name}${facts === "" ? "" : ` [${facts}]`}  `;
  const drawn = line(told, text, style);
  return side === "preferred"
    ? palette.success(drawn)
    : side === "non-preferred"
      ? palette.warning(drawn)
      : drawn;
}

function line(start: string, text: string, { width, symbols }: TextStyle): string {
  const oneLine = visibleText(text.slice(0, LOOKED_AT).replaceAll(/\s+/gu, " ").trim());
  return cutText(`${start}${oneLine}`, width, symbols.ellipsis);
}
