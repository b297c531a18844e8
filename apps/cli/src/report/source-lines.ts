import type { PlanMapping, SourcePlan } from "@dpo-kit/pipeline";
import { placeAndText } from "../terminal/fit-text.ts";
import { formatCount } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";

/** Inputs shown one by one; of more, only the number. */
const SHOWN_SOURCES = 5;

/** What was found in the inputs: format, dialect, encoding, and what plays which part. */
export function sourceLines(sources: readonly SourcePlan[], style: TextStyle): string[] {
  const hidden = sources.length - SHOWN_SOURCES;
  return [
    ...sources.slice(0, SHOWN_SOURCES).flatMap((source, index) => [
      ...sourceLine(source, style),
      // A folder of files exported alike would repeat the same mapping.
      ...(index > 0 && sameMapping(source, sources[index - 1]!) ? [] : mappingLines(source.mapping, style)),
    ]),
    ...(hidden > 0 ? [style.palette.faint(`and ${formatCount(hidden)} more inputs`)] : []),
  ];
}

function sourceLine(
  { source, formatTitle, facts }: SourcePlan,
  { palette, symbols, width }: TextStyle,
): string[] {
  const others = facts.filter(({ value }) => value !== formatTitle);
  const found = [formatTitle, ...others.map(({ label, value }) => `${label} ${value}`)];
  return placeAndText(`${palette.strong(source)}:`, found.join(` ${symbols.separator} `), width);
}

/** `prompt  ←  question   95 %  the name is a known one`, a line for each part. */
export function mappingLines(
  mapping: readonly PlanMapping[],
  { palette, symbols, width }: TextStyle,
): string[] {
  return formatTable(
    mapping.map(({ role, from, confidence, why }) => [
      role,
      symbols.arrow,
      palette.strong(from),
      `${Math.round(confidence * 100)} %`,
      why,
    ]),
    { align: ["left", "left", "left", "right"], indent: 2, width },
  );
}

function sameMapping(one: SourcePlan, other: SourcePlan): boolean {
  const key = ({ mapping }: SourcePlan): string =>
    JSON.stringify(mapping.map(({ role, from }) => [role, from]));
  return key(one) === key(other);
}
