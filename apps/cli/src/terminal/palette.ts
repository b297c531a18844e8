import { styleText } from "node:util";

/** What a text means; colour only repeats what the words already say. */
export interface Palette {
  error(text: string): string;
  warning(text: string): string;
  success(text: string): string;
  /** Commands, paths, hints. */
  hint(text: string): string;
  /** What may be passed over. */
  faint(text: string): string;
  strong(text: string): string;
}

type Format = Parameters<typeof styleText>[0];

/** Colours, or their absence. Whether there are any is decided per stream, by `streamHasColor`. */
export function createPalette(enabled: boolean): Palette {
  const paint = (format: Format) => (text: string) =>
    // The stream was looked at already; styleText itself would look at standard output, whatever is written to.
    enabled && text !== "" ? styleText(format, text, { validateStream: false }) : text;
  return {
    error: paint(["bold", "red"]),
    warning: paint("yellow"),
    success: paint("green"),
    hint: paint("cyan"),
    faint: paint("dim"),
    strong: paint("bold"),
  };
}
