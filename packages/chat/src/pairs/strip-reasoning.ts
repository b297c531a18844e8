/** The tags between which interfaces write reasoning into the text of an answer. */
const tags: readonly { open: string; close: string }[] = [
  { open: "<think>", close: "</think>" },
  { open: "<thinking>", close: "</thinking>" },
  { open: '<details type="reasoning"', close: "</details>" },
];

/**
 * A text without the reasoning written at its start, between tags: the answer begins behind it, without the white
 * space between. Reasoning that is not closed was never finished: nothing is left of such a text. Tags further on in
 * a text are what it is about.
 */
export function stripReasoning(text: string): string {
  let rest = text;
  for (let tag = tagAt(rest); tag !== undefined; tag = tagAt(rest)) {
    const close = rest.indexOf(tag.close);
    rest = close === -1 ? "" : rest.slice(close + tag.close.length).trimStart();
  }
  return rest;
}

function tagAt(text: string): { open: string; close: string } | undefined {
  const start = text.trimStart();
  return tags.find(({ open }) => start.startsWith(open));
}
