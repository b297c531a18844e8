/**
 * Sentences with a place for each word in braces. A line feed, a comma or a quote in them is one in the cell,
 * so the mix of templates decides how much of the file has to be quoted.
 */
export type TemplateKind = "question" | "statement" | "code" | "international";

export const templates: Readonly<Record<TemplateKind, readonly string[]>> = {
  question: [
    "How do I {verb} the {noun} when the {adjective} {noun} has already been {verb}ed? ",
    "Why does my {noun} {adverb} {verb} after {number} {noun}s? ",
    "Please {verb} this {adjective} {noun} for {name}, and keep it under {number} words. ",
    "What is the difference between a {noun} and a {adjective} {noun}? ",
    'My manager said "{verb} the {noun} first" and I am not sure what that means. ',
    "I have {number} {noun}s and {number} {noun}s; which one should I {verb}? ",
    "Here is what I tried so far:\n- {verb} the {noun}\n- {verb} the {adjective} {noun}\n",
    "Can you explain the {noun} of {name} to someone who only knows {noun}s? ",
    "Write a short {noun} about a {adjective} {noun} that learns to {verb}. ",
    "Is it {adjective} to {verb} a {noun} on a {noun}, or only on a {adjective} one? ",
  ],
  statement: [
    "The {noun} is {adverb} {adjective}, so you can {verb} it without a {noun}. ",
    "First {verb} the {noun}, then {verb} the {adjective} {noun} and wait for the {noun}. ",
    "It depends on the {noun} that {name} uses to {verb} the {noun}. ",
    'People often call this "the {adjective} {noun}", but the {noun} is older than that. ',
    "In short, a {noun} that {verb}s the {noun} will {adverb} {verb} every {noun} near it. ",
    "That is not {adjective}. ",
    "There are {number} ways to {verb} a {noun}, and {number} of them are {adjective}.\n\n",
    "1. Open the {noun} and {verb} it.\n2. {verb} the {adjective} {noun}.\n3. Check that the {noun} {verb}s.\n",
    "You don't need a {noun}; a {adjective} {noun} does the same and is easier to {verb}. ",
    "If the {noun} {verb}s (which is {adjective}), {name} suggests that you {verb} the {noun} again. ",
    "Yes: the {noun} of a {noun} is about {number} {noun}s. ",
    "I would {verb} the {noun} before the {noun}, because the {adjective} one {adverb} {verb}s. ",
  ],
  code: [
    '```js\nconst {noun} = {verb}("{adjective}", {number});\nif ({noun} === null) {\n  throw new Error("no {noun}");\n}\n```\n',
    "for {noun} in {noun}s:\n    {verb}({noun}, key={number})\n",
    "SELECT {noun}, count(*) FROM {noun}s WHERE {adjective} = '{name}' GROUP BY 1;\n",
    'npm run {verb} -- --{noun}={number} --out "C:\\\\{noun}\\\\{name}.txt"\n',
    '{"{noun}": {"{adjective}": [{number}, {number}], "{verb}": true}}\n',
    "\t{verb} -{noun} | grep {name} >> {noun}.log\n",
  ],
  international: [
    "{accented} {noun} {accented} {accented}, {accented} {adverb}. ",
    "{han}{han}{han}，{han}{han}。",
    "« {accented} {accented} » {accented} {number} €. ",
    "{han}：{han}{han}{han}{han}！{emoji} ",
    "{accented} {verb} {emoji} {accented} — {accented} “{accented}”. ",
    "{name} {accented}\u00a0{noun}… {accented}? ",
  ],
};

/** Rare in texts that were pasted from web pages; every writer of the canonical line has to escape it. */
export const rareTemplate = "{accented}\u2028{accented} ";
