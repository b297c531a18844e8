import type { AnswerView } from "../pairs/pair-view.ts";

/** Something an answer has or has not. */
export interface AnswerFeature {
  /** Short and stable. */
  readonly id: string;
  readonly title: string;
  has(answer: AnswerView): boolean;
}

/**
 * A mark that is looked for with a bounded pattern, so that no text takes more than time in proportion to its length.
 * `[id, title]`, and texts of which the pattern holds one: most answers have none of them, which is found out faster.
 */
const pattern = (
  [id, title]: readonly [string, string],
  wanted: RegExp,
  ...hints: readonly string[]
): AnswerFeature => ({
  id,
  title,
  has: ({ text }) => hints.some((hint) => text.includes(hint)) && wanted.test(text),
});

/** What is compared between the two answers. The list extends that of https://arxiv.org/abs/2409.11704. */
export const answerFeatures: readonly AnswerFeature[] = [
  pattern(["heading", "a Markdown heading"], /^#{1,6} /mu, "# "),
  pattern(["bold", "bold text"], /\*\*[^*\n]{1,200}\*\*/u, "**"),
  pattern(["bullets", "a bulleted list"], /^[ \t]{0,8}[-*+•] /mu, "- ", "* ", "+ ", "• "),
  pattern(["numbers", "a numbered list"], /^[ \t]{0,8}\d{1,3}[.)] /mu, ". ", ") "),
  pattern(["code-block", "a block of code"], /^ {0,3}(?:```|~~~)/mu, "```", "~~~"),
  pattern(["inline-code", "code in a line"], /(?<!`)`[^`\n]{1,200}`(?!`)/u, "`"),
  pattern(["table", "a table"], /^ {0,3}\|[^|\n]{0,200}\|/mu, "|"),
  pattern(["link", "a link"], /https?:\/\//u, "://"),
  pattern(["formula", "a formula"], /\$\$|\\\(|\\\[|\\frac\{/u, "$$", "\\"),
  { id: "emoji", title: "an emoji", has: ({ text }) => /\p{Emoji_Presentation}/u.test(text) },
  pattern(["exclamation", "an exclamation mark"], /[!！]/u, "!", "！"),
  {
    id: "question",
    title: "a question at its end",
    has: ({ text }) => /[?？؟]\s{0,20}$/u.test(text.slice(-40)),
  },
  { id: "refusal", title: "a refusal", has: isRefusal },
];

/** How answers begin that refuse: the phrases of https://arxiv.org/abs/2307.15043, appendix B, and their like. English only. */
const refusalBeginning =
  /^\W{0,3}(?:(?:i['’]m|i am)(?: very| so| really)? sorry\b|sorry,|my apologies|i apologi[sz]e\b|i (?:can['’]?t|cannot|can not|won['’]t|will not|am unable|['’]m unable|must decline)\b|i['’]m (?:unable|not able)\b|i['’]m (?:just )?an? (?:ai|assistant|language model)\b|as an ai\b|unfortunately, i (?:can|am)|it(?:['’]s| is) not (?:appropriate|ethical|legal)\b)/iu;

function isRefusal({ text, isRefusal }: AnswerView): boolean {
  return isRefusal || refusalBeginning.test(text.slice(0, 120));
}
