import type { DecodedText, SniffedKind } from "@dpo-kit/io";
import { DataError } from "@dpo-kit/schema";
import type { ReadingRequest } from "../conversion-request.ts";
import { csvPipelineFormat } from "./csv-pipeline-format.ts";
import type { FormatClaim, PipelineFormat } from "./pipeline-format.ts";

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
export function chooseFormat(text: DecodedText, request: ReadingRequest, source: string): ChosenFormat {
  if (request.from !== undefined) {
    return { format: formatById(request.from), why: "given with --from" };
  }
  const claims = formats.map((format) => ({ format, ...format.detect(text, request) }));
  const [best] = claims.sort((one, other) => other.confidence - one.confidence);
  if (best !== undefined && best.confidence > 0) {
    return best;
  }
  // Of plain text that is no table the reader of tables says best what is wrong with it.
  if (text.kind === "text") {
    return { format: csvPipelineFormat, why: "it is plain text" };
  }
  throw unknownFormat(text.kind, claims, source);
}

function unknownFormat(
  kind: SniffedKind,
  claims: readonly (ChosenFormat & FormatClaim)[],
  source: string,
): DataError {
  const json = kind === "json-array" || kind === "json-object-lines";
  const reasons = claims.map(({ format, why }) => `${format.id}: ${why}`).join("; ");
  return new DataError("RUN_FORMAT_UNKNOWN", {
    location: { source },
    message: json
      ? "This is JSON, which this version does not convert yet"
      : `The format of the input is not recognised (${reasons})`,
    hint: json
      ? `If its lines are canonical already, check them: dpo validate ${source}. Otherwise export it as CSV.`
      : "Say what it is with --from; `dpo formats` lists what is read.",
  });
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
