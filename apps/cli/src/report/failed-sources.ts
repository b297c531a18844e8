import { formatLocation, type Issue } from "@dpo-kit/schema";
import { placeAndText, wrapHanging } from "../terminal/fit-text.ts";
import type { TextStyle } from "../terminal/terminal.ts";

/** Sources of a recipe that could not be read: which, why, and what to do. */
export function failedSourceLines(failed: readonly Issue[], style: TextStyle): string[] {
  const { palette, width } = style;
  return failed.flatMap(({ code, message, location, hint }) => [
    ...placeAndText(
      `${palette.error("failed")} ${palette.strong(formatLocation(location))}:`,
      `${message} (${code})`,
      width,
    ),
    ...wrapHanging(`  ${palette.success("fix:")} ${hint}`, width, 7),
  ]);
}
