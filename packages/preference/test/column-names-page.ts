import {
  type ColumnRole,
  columnFlagNames,
  columnRoles,
  columnRoleTitles,
  columnSynonyms,
  type SynonymStrength,
} from "../src/index.ts";

/** The page `docs/column-names.md`, made from the lists in the code. */
export function columnNamesPage(): string {
  return [
    "# Column names that are recognised",
    "",
    "<!-- Made from packages/preference/src/column-synonyms.ts; its test says how to write it anew. -->",
    "",
    "A column gets its role by its name alone, never by its values. Case, spaces and punctuation are ignored:",
    "`non_preferred`, `Non-preferred` and `nonPreferred` are one name. What is found, `dpo inspect` shows.",
    "",
    ...columnRoles.flatMap(section),
    "## When several columns fit",
    "",
    "- A column you name wins: `--columns prompt=question,preferred=best,non_preferred=worst`. Its exact name is",
    "  looked for first, then the one name that differs only in case, spaces and punctuation.",
    "- Of the answers, both sides of one family (`chosen` and `rejected`, `preferred` and `non_preferred`) beat a",
    "  name without its counterpart, and explicit names beat generic ones. What was passed over is shown.",
    "- Of everything else there must be one. Two names for the prompt are never ranked, not even `prompt` above",
    "  `input` or `context`: each may hold a part of what the answers reply to. The run stops and shows the flags",
    "  to choose from, among them the `--prompt-template` that keeps them all.",
    "- Messages stand before the prompt where there is a prompt column too; without one they are the prompt.",
    "",
  ].join("\n");
}

function section(role: ColumnRole): string[] {
  const namesOf = (strength: SynonymStrength) =>
    columnSynonyms[role].filter((synonym) => synonym.strength === strength).map(({ name }) => `\`${name}\``);
  const generic = namesOf("generic");
  return [
    `## \`${columnFlagNames[role]}\`: ${columnRoleTitles[role]}`,
    "",
    namesOf("explicit").join(", "),
    "",
    ...(generic.length === 0
      ? []
      : [`Generic, since they are used for other things too: ${generic.join(", ")}`, ""]),
  ];
}
