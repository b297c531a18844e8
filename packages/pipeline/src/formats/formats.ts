import type { DecodedText } from "@dpo-kit/io";
import { DataError } from "@dpo-kit/schema";
import type { ReadingRequest } from "../conversion-request.ts";
import { chatPipelineFormat } from "./chat-pipeline-format.ts";
import { csvPipelineFormat } from "./csv-pipeline-format.ts";
import { pairwisePipelineFormat } from "./pairwise-pipeline-format.ts";
import type { FormatClaim, FormatVariant, PipelineFormat } from "./pipeline-format.ts";

/** Every format that is read, in the order in which they are asked. Adding a format is one line here. */
export const formats: readonly PipelineFormat[] = [
  csvPipelineFormat,
  pairwisePipelineFormat,
  chatPipelineFormat,
];

/** What `dpo formats` lists. */
export interface ListedFormat {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  /** What is told apart within it; `--from` takes these ids as well. */
  readonly variants: readonly FormatVariant[];
}

/** Every format that is read, without its code. */
export function listFormats(): ListedFormat[] {
  return formats.map(({ id, title, detail, variants = [] }) => ({ id, title, detail, variants }));
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
export async function chooseFormat(
  text: DecodedText,
  request: ReadingRequest,
  source: string,
): Promise<ChosenFormat> {
  if (request.from !== undefined) {
    return { format: formatById(request.from), why: "given with --from" };
  }
  const claims = await Promise.all(
    formats.map(async (format) => ({ format, ...(await format.detect(text, request)) })),
  );
  const [best] = claims.sort((one, other) => other.confidence - one.confidence);
  if (best !== undefined && best.confidence > 0) {
    return best;
  }
  // Of plain text that is no table the reader of tables says best what is wrong with it.
  if (text.kind === "text") {
    return { format: csvPipelineFormat, why: "it is plain text" };
  }
  throw unknownFormat(claims, source);
}

function unknownFormat(claims: readonly (ChosenFormat & FormatClaim)[], source: string): DataError {
  const reasons = claims.map(({ format, why }) => `${format.id}: ${why}`).join("; ");
  return new DataError("RUN_FORMAT_UNKNOWN", {
    location: { source },
    message: `The format of the input is not recognised (${reasons})`,
    hint:
      claims.find(({ hint }) => hint !== undefined)?.hint ??
      "Say what it is with --from; `dpo formats` lists what is read.",
  });
}

function formatById(id: string): PipelineFormat {
  const format = formats.find(
    (candidate) => candidate.id === id || candidate.variants?.some((variant) => variant.id === id),
  );
  if (format === undefined) {
    const known = formats
      .flatMap(({ id: own, variants = [] }) => [own, ...variants.map((each) => each.id)])
      .join(", ");
    throw new DataError("RUN_OPTION_INVALID", {
      message: `There is no format ${JSON.stringify(id)}`,
      hint: `Formats are: ${known}. \`dpo formats\` tells more.`,
    });
  }
  return format;
}
