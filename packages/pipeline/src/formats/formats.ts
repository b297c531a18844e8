import type { DecodedText } from "@dpo-kit/io";
import { DataError } from "@dpo-kit/schema";
import { csvPipelineFormat } from "./csv-pipeline-format.ts";
import type { PipelineFormat } from "./pipeline-format.ts";

/** Every format that is read, in the order in which they are asked. Adding a format is one line here. */
export const formats: readonly PipelineFormat[] = [csvPipelineFormat];

/** What `dpo formats` lists. */
export interface ListedFormat {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
}

/** Every format that is read, without its code. */
export function listFormats(): ListedFormat[] {
  return formats.map(({ id, title, detail }) => ({ id, title, detail }));
}

/** The format of a text, and why it is taken for that. */
export interface ChosenFormat {
  readonly format: PipelineFormat;
  readonly why: string;
}

/**
 * The format of a text: the one asked for, else the one that claims it most surely by its content.
 * @throws RUN_FORMAT_UNKNOWN RUN_OPTION_INVALID
 */
export function chooseFormat(text: DecodedText, options: { from?: string; source: string }): ChosenFormat {
  if (options.from !== undefined) {
    return { format: formatById(options.from), why: "given with --from" };
  }
  const claims = formats.flatMap((format) => {
    const claim = format.detect(text);
    return claim === undefined ? [] : [{ format, ...claim }];
  });
  const [best] = claims.sort((one, other) => other.confidence - one.confidence);
  if (best === undefined) {
    throw new DataError("RUN_FORMAT_UNKNOWN", { location: { source: options.source } });
  }
  return best;
}

function formatById(id: string): PipelineFormat {
  const format = formats.find((candidate) => candidate.id === id);
  if (format === undefined) {
    const known = formats.map((candidate) => candidate.id).join(", ");
    throw new DataError("RUN_OPTION_INVALID", {
      message: `There is no format ${JSON.stringify(id)}`,
      hint: `Formats are: ${known}. \`dpo formats\` tells more.`,
    });
  }
  return format;
}
