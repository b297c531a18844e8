/** Puts a section, which begins with its heading of the first level, in the place of the one of that heading. */
export function putSection(page: string, section: string): string {
  const heading = section.slice(0, section.indexOf("\n"));
  const sections = page.split(/^(?=# )/mu).filter((each) => each.trim() !== "");
  const at = sections.findIndex((each) => each.startsWith(`${heading}\n`));
  const put = at === -1 ? [...sections, section] : sections.with(at, section);
  return `${put.map((each) => each.trim()).join("\n\n")}\n`;
}
