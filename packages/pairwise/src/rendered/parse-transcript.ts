import { type RenderedText, type RenderedTurn, renderedText, type TurnRole } from "./rendered-text.ts";

/** A marker stands behind a blank line, or at the very start. One space behind it belongs to it. */
const speakers = /(?:^\n*|\n\n)(Human|Assistant|Hum): ?/gu;
const extraIds = /(?:^\n*|\n?)<extra_id_[01]>(System|User|Assistant)\n/gu;

const roles: ReadonlyMap<string, TurnRole> = new Map([
  ["Human", "user"],
  ["Hum", "user"],
  ["User", "user"],
  ["Assistant", "assistant"],
  ["System", "system"],
]);

/**
 * Reads a transcript such as `\n\nHuman: Hi\n\nAssistant: Hello` (https://github.com/anthropics/hh-rlhf), or one
 * with `<extra_id_1>` markers (NVIDIA's SteerLM), where the user's first turn may have none, as in HelpSteer2. Speakers are only looked for behind blank lines: inside a turn
 * `Human:` is text. Where one speaker stands twice in a row, both segments are one turn, with the marker between
 * them as it was written. Undefined where the text does not begin with a turn.
 */
export function parseTranscript(text: string): RenderedText | undefined {
  return byMarkers(text, speakers, false) ?? byMarkers(text, extraIds, true);
}

interface Segment {
  role: TurnRole;
  start: number;
  end: number;
}

function byMarkers(text: string, markers: RegExp, mayOpenBare: boolean): RenderedText | undefined {
  const segments: Segment[] = [];
  let count = 0;
  for (const found of text.matchAll(markers)) {
    const role = roles.get(found[1]!)!;
    if (count === 0 && found.index !== 0) {
      if (!mayOpenBare || role !== "assistant") {
        return undefined;
      }
      segments.push({ role: "user", start: 0, end: found.index });
      count += 1;
    }
    count += 1;
    const last = segments.at(-1);
    if (last?.role !== role) {
      if (last !== undefined) {
        last.end = found.index;
      }
      segments.push({ role, start: found.index + found[0].length, end: text.length });
    }
  }
  // A lone `Human:` at the start of an ordinary text is no transcript.
  if (segments.length === 0 || (count === 1 && !text.startsWith("\n"))) {
    return undefined;
  }
  const turns: RenderedTurn[] = segments.map(({ role, start, end }) => ({
    role,
    text: text.slice(start, end),
  }));
  return renderedText(turns, { kind: "transcript", merged: count - segments.length, endMarks: [] });
}
