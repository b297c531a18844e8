/** The longest text an error shows of what it found, in UTF-16 code units. */
export const EXCERPT_LENGTH = 200;

/**
 * A value as an error shows it: text in quotes, anything else as JSON, cut to 200 characters, on one line.
 * Only as much of the value is looked at as is shown, so that a gigabyte or a million levels cost nothing.
 */
export function excerpt(value: unknown): string {
  const text = value === undefined ? "nothing" : describe(value, EXCERPT_LENGTH + 1);
  return text.length <= EXCERPT_LENGTH ? text : `${cutAtCharacter(text, EXCERPT_LENGTH - 1)}…`;
}

/** The beginning of the value's JSON: all of it if it has fewer than `room` characters, else at least so many. */
function describe(value: unknown, room: number): string {
  if (typeof value === "string") {
    return JSON.stringify(value.slice(0, Math.max(0, room)));
  }
  if (typeof value !== "object" || value === null) {
    return String(value);
  }
  return Array.isArray(value) ? describeList(value, room) : describeObject(value, room);
}

function describeList(value: readonly unknown[], room: number): string {
  let text = "[";
  for (let index = 0; index < value.length && text.length < room; index += 1) {
    text += `${index === 0 ? "" : ","}${describe(value[index], room - text.length)}`;
  }
  return `${text}]`;
}

function describeObject(value: object, room: number): string {
  let text = "{";
  for (const key in value) {
    if (text.length >= room) {
      break;
    }
    const name = `${text === "{" ? "" : ","}${JSON.stringify(key.slice(0, Math.max(0, room)))}:`;
    text += `${name}${describe((value as Record<string, unknown>)[key], room - text.length - name.length)}`;
  }
  return `${text}}`;
}

function cutAtCharacter(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? length - 1 : length);
}
