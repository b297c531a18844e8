/** What variables were put into a recipe. */
export interface ExpandedValues {
  /** Each text that a variable is a part of, by what became of it. */
  readonly expanded: ReadonlyMap<string, string>;
  /** The values of the variables that are set, by their names. */
  readonly variables: ReadonlyMap<string, string>;
}

/**
 * Puts the names of variables in the place of their values: where a text is one of the recipe the text as it is
 * written there, elsewhere `${NAME}` for each value that stands between signs that are no letters and no digits. Of a
 * value that is a path, each of its parts; of an address also as addresses spell it.
 */
export function createValueHider({ expanded, variables }: ExpandedValues): (text: string) => string {
  const names = new Map<string, string>();
  const parts = [...variables].flatMap(([name, value]) =>
    value.split(/[/\\]/u).map((part) => [name, part] as const),
  );
  // What is the whole value of one variable is not taken for a part of another.
  for (const [name, text] of [...parts, ...variables]) {
    for (const form of formsOf(text)) {
      names.set(form, `\${${name}}`);
    }
  }
  const forms = [...names.keys()].sort((one, other) => other.length - one.length);
  const anyForm = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${forms.map(escaped).join("|")})(?![\\p{L}\\p{N}])`,
    "gu",
  );
  return (text) => {
    const written = expanded.get(text);
    return written ?? (forms.length === 0 ? text : text.replace(anyForm, (form) => names.get(form)!));
  };
}

/** As it is, and as addresses spell it; none of what holds no letter and no digit. */
function formsOf(text: string): string[] {
  // Of half a character there is no address.
  const whole = text.replace(/\p{Surrogate}/gu, "\u{fffd}");
  return /[\p{L}\p{N}]/u.test(text) ? [text, encodeURI(whole), encodeURIComponent(whole)] : [];
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
}
