/** What variables are read from; `process.env` is one. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A text with its variables expanded, or what is wrong with them. */
export interface ExpandedText {
  readonly text: string;
  /** Names that are not set and have no default. */
  readonly missing: readonly string[];
  /** Pieces that begin like a variable and are none. */
  readonly malformed: readonly string[];
  /** The values of the variables that are set, by their names. */
  readonly used: ReadonlyMap<string, string>;
}

const variable = /\$\$\{|\$\{([^{}]*)\}|\$\{/gu;
const inside = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/su;

/**
 * Puts values in the place of `${NAME}` and `${NAME:-default}`; a default also stands for a variable that is empty,
 * as in a shell (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_06_02). `$${` is `${`.
 * Values are not looked at again.
 */
export function expandVariables(text: string, variables: Variables): ExpandedText {
  const missing: string[] = [];
  const malformed: string[] = [];
  const used = new Map<string, string>();
  const expanded = text.replace(variable, (whole: string, content: string | undefined) => {
    if (whole === "$$\u007b") {
      return "$\u007b";
    }
    const [, name, fallback] = inside.exec(content ?? "") ?? [];
    if (name === undefined) {
      malformed.push(whole);
      return whole;
    }
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value) {
      used.set(name, value);
    }
    if (value === undefined && fallback === undefined) {
      missing.push(name);
    }
    return (fallback === undefined ? value : value || fallback) ?? "";
  });
  return { text: expanded, missing, malformed, used };
}
