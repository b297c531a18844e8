/** Tells whether a path fits. */
export type PathMatcher = (path: string) => boolean;

/** `folders` is `**` and the slash behind it: any number of folders, or none. */
type Token =
  | { kind: "text"; text: string }
  | { kind: "one" | "star" | "anything" | "folders" }
  | { kind: "class"; negated: boolean; ranges: readonly (readonly [string, string])[] };

/** More alternatives than this in braces are made to exhaust the machine. */
const mostAlternatives = 1000;

/** Whether a text is a pattern. */
export function isGlobPattern(text: string): boolean {
  return /[*?[{]/u.test(text);
}

/** The folder that all paths of a pattern are in; empty for the top. */
export function folderOfPattern(pattern: string): string {
  const fixed = pattern.slice(0, pattern.search(/[*?[{]|$/u));
  return fixed.slice(0, Math.max(0, fixed.lastIndexOf("/")));
}

/**
 * Compiles a pattern of paths: `*` and `?` within a name, `**` across folders, `[a-z]`, `[!a]`, `{a,b}`. Matching
 * takes at most as many steps as the pattern's length times the path's, whatever the pattern.
 */
export function compileGlob(pattern: string): PathMatcher {
  const alternatives = expandBraces(pattern).map(tokensOf);
  return (path) => alternatives.some((tokens) => matches(tokens, path));
}

/** Each text that the braces of a pattern stand for; the pattern itself where they stand for too many. */
function expandBraces(pattern: string): string[] {
  const done: string[] = [];
  let open = [pattern];
  while (open.length > 0) {
    const next: string[] = [];
    for (const text of open) {
      const [, before, choices, after] = /^(.*?)\{([^{}]*)\}(.*)$/su.exec(text) ?? [];
      if (choices === undefined) {
        done.push(text);
      } else {
        next.push(...choices.split(",").map((choice) => before + choice + after));
      }
    }
    if (done.length + next.length > mostAlternatives) {
      return [pattern];
    }
    open = next;
  }
  return [...new Set(done)];
}

function tokensOf(pattern: string): Token[] {
  const pieces = pattern.matchAll(/(\*\*\/)|(\*\*+)|(\*)|(\?)|\[(!|\^)?(\]?[^\]]*)\]|([^*?[]+|\[)/gsu);
  return Array.from(pieces, ([, folders, anything, star, , negated, members, text]): Token => {
    if (text !== undefined) {
      return { kind: "text", text };
    }
    if (members !== undefined) {
      return { kind: "class", negated: negated !== undefined, ranges: rangesOf(members) };
    }
    return { kind: folders ? "folders" : anything ? "anything" : star ? "star" : "one" };
  });
}

function rangesOf(members: string): [string, string][] {
  return Array.from(members.matchAll(/(.)-(.)|(.)/gsu), ([, from, to, single]) => [
    from ?? single!,
    to ?? single!,
  ]);
}

/** Works from the last token to the first: `next[p]` says whether the tokens behind match the path from p on. */
function matches(tokens: readonly Token[], path: string): boolean {
  const [first] = tokens;
  if (first?.kind === "text" && !path.startsWith(first.text)) {
    return false;
  }
  let next = new Array<boolean>(path.length + 1).fill(false);
  next[path.length] = true;
  for (const token of tokens.toReversed()) {
    next = step(token, path, next);
  }
  return next[0]!;
}

function step(token: Token, path: string, next: readonly boolean[]): boolean[] {
  const row = new Array<boolean>(path.length + 1).fill(false);
  let afterLaterSlash = false;
  for (let at = path.length; at >= 0; at -= 1) {
    const character = path[at] ?? "/";
    const isInside = at < path.length;
    if (token.kind === "text") {
      row[at] = path.startsWith(token.text, at) && next[at + token.text.length]!;
    } else if (token.kind === "one") {
      row[at] = character !== "/" && next[at + 1]!;
    } else if (token.kind === "class") {
      row[at] = character !== "/" && isOfClass(token, character) && next[at + 1]!;
    } else if (token.kind === "star") {
      row[at] = next[at]! || (character !== "/" && row[at + 1]!);
    } else if (token.kind === "anything") {
      row[at] = next[at]! || (isInside && row[at + 1]!);
    } else {
      row[at] = next[at]! || afterLaterSlash;
      afterLaterSlash ||= path[at - 1] === "/" && next[at]!;
    }
  }
  return row;
}

function isOfClass({ negated, ranges }: Extract<Token, { kind: "class" }>, character: string): boolean {
  return ranges.some(([from, to]) => from <= character && character <= to) !== negated;
}
