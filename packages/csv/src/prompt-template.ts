import { findColumns } from "@dpo-kit/preference";
import { DataError } from "@dpo-kit/schema";
import { listNames, nearNames } from "./column-names.ts";

/** A piece of a prompt template: a text, or the place of a column. */
export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "column"; readonly index: number; readonly name: string };

/** A prompt template whose columns have been found. */
export type PromptTemplate = readonly TemplatePart[];

/**
 * Reads a template such as `{title}\n\n{body}` and finds its columns in the header. `{{` and `}}` stand for
 * braces; `\n`, `\t` and `\\` for a line feed, a tab and a backslash; all else for itself.
 *
 * @throws CSV_TEMPLATE_INVALID CSV_COLUMN_UNKNOWN CSV_DUPLICATE_COLUMN
 */
export function parsePromptTemplate(
  template: string,
  header: readonly string[],
  source = "-",
): PromptTemplate {
  const location = { source };
  const parts: TemplatePart[] = [];
  for (const [token, name] of tokens(template)) {
    if (name !== undefined) {
      parts.push({ kind: "column", ...findColumn(name, header, source) });
    } else if (token === "{" || token === "}") {
      const message = `The prompt template has a ${token === "{" ? "{ without its }" : "} without its {"}`;
      throw new DataError("CSV_TEMPLATE_INVALID", { message, location });
    } else {
      parts.push({ kind: "text", text: escapes.get(token) ?? token });
    }
  }
  if (!parts.some(({ kind }) => kind === "column")) {
    throw new DataError("CSV_TEMPLATE_INVALID", {
      message: "The prompt template names no column, so every prompt would be the same",
      location,
    });
  }
  return parts;
}

/** The prompt of one record. Empty if all its columns are. */
export function renderPrompt(
  template: PromptTemplate,
  cell: (index: number) => string,
  isBlank: (text: string) => boolean,
): string {
  let allBlank = true;
  const texts = template.map((part) => {
    const text = part.kind === "text" ? part.text : cell(part.index);
    allBlank &&= part.kind === "text" || isBlank(text);
    return text;
  });
  return allBlank ? "" : texts.join("");
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["{{", "{"],
  ["}}", "}"],
  ["\\n", "\n"],
  ["\\t", "\t"],
  ["\\\\", "\\"],
]);

const tokenPattern = /\{\{|\}\}|\\[nt\\]|\{([^{}]+)\}|[{}]|[^{}\\]+|\\/gu;

/** The tokens of a template; of a column in braces also its name. */
function* tokens(template: string): Generator<[token: string, name: string | undefined]> {
  for (const [token, name] of template.matchAll(tokenPattern)) {
    yield [token, name];
  }
}

function findColumn(
  name: string,
  header: readonly string[],
  source: string,
): { index: number; name: string } {
  const { prompt } = findColumns(header, { prompt: name });
  if (prompt.kind === "found") {
    return { index: prompt.column.index, name: prompt.column.name };
  }
  const near = nearNames(name, header);
  throw new DataError(prompt.kind === "ambiguous" ? "CSV_DUPLICATE_COLUMN" : "CSV_COLUMN_UNKNOWN", {
    message: `The prompt template names ${JSON.stringify(name)}, ${prompt.kind === "ambiguous" ? "which several columns are called" : "and there is no such column"}. The columns are: ${listNames(header)}`,
    location: { source },
    ...(near.length === 0 ? {} : { hint: `Did you mean {${near.join("} or {")}}?` }),
  });
}
