import { findColumns, normaliseColumnName } from "@dpo-kit/preference";
import type { JsonObject } from "@dpo-kit/schema";
import type { Response } from "./read-response.ts";

/** A number that an annotator gave to the text in one field. */
export interface FieldRating {
  readonly field: string;
  /** What was asked, without the name of the field: the same for all answers. */
  readonly name: string;
  readonly value: number;
}

/** Reads the answers to questions that ask for a rating of one field by its name, such as `rating_response_1`. */
export function readRatings(responses: readonly Response[], fields: JsonObject): FieldRating[] {
  const names = answerNames(fields);
  return responses.flatMap(({ question, value }) => {
    const asked = normaliseColumnName(question);
    const field = names.find((each) => asked.includes(normaliseColumnName(each)));
    return field === undefined || typeof value !== "number"
      ? []
      : [{ field, name: asked.replace(normaliseColumnName(field), ""), value }];
  });
}

/** The longest first, so that `response_10` is not taken for `response_1`. */
function answerNames(fields: JsonObject): string[] {
  const names = Object.keys(fields).filter((name) => normaliseColumnName(name) !== "");
  const { prompt, system } = findColumns(names);
  const known = [prompt, system].map((found) => (found.kind === "found" ? found.column.name : undefined));
  return names.filter((name) => !known.includes(name)).sort((one, other) => other.length - one.length);
}
