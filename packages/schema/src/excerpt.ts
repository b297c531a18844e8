/** The longest text an error shows of what it found, in UTF-16 code units. */
export const EXCERPT_LENGTH = 200;

/** A value as an error shows it: text in quotes, anything else as JSON, cut to 200 characters, on one line. */
export function excerpt(value: unknown): string {
  const text = describe(value);
  return text.length <= EXCERPT_LENGTH ? text : `${cutAtCharacter(text, EXCERPT_LENGTH - 1)}…`;
}

function describe(value: unknown): string {
  if (value === undefined) {
    return "nothing";
  }
  // A long text is cut before it is quoted: quoting a gigabyte to show 200 characters is no error message.
  const shown = typeof value === "string" ? value.slice(0, EXCERPT_LENGTH * 2) : value;
  try {
    return JSON.stringify(shown) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

function cutAtCharacter(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? length - 1 : length);
}
