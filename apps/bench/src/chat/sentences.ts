import type { Random } from "@dpo-kit/testkit/random";
import { type TemplateKind, templates } from "../generate/templates.ts";
import type { Vocabulary, WordClass } from "../generate/vocabulary.ts";

/** How many sentences of each kind there are to pick from. */
const SENTENCES = 2_000;

/** Sentences as they stand inside a JSON string, by their kind. */
export type Sentences = Readonly<Record<TemplateKind, readonly string[]>>;

/** Makes the sentences that texts are put together of: making each anew would take longer than converting it. */
export function createSentences(vocabulary: Vocabulary, random: Random): Sentences {
  return {
    question: sentences("question"),
    statement: sentences("statement"),
    code: sentences("code"),
    international: sentences("international"),
  };

  function sentences(kind: TemplateKind): string[] {
    return Array.from({ length: SENTENCES }, () => sentence(random.pick(templates[kind])));
  }
  function sentence(template: string): string {
    return asciiJson(template.replaceAll(/\{([a-z]+)\}/gu, (whole, name: string) => word(name) ?? whole));
  }
  function word(name: string): string | undefined {
    return Object.hasOwn(vocabulary, name) ? random.pick(vocabulary[name as WordClass]) : undefined;
  }
}

/** Escapes a text as Python's `json.dumps` does, without its quotes: ASCII only. */
function asciiJson(text: string): string {
  const hexadecimal = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[^\0-\x7f]/g, hexadecimal);
}
