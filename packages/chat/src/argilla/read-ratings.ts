import { normaliseColumnName } from "@dpo-kit/preference";
import type { JsonObject } from "@dpo-kit/schema";
import { asksForWorse } from "../annotations/offered-fields.ts";
import { answerNames } from "./answer-names.ts";
import type { Response } from "./read-response.ts";

/** A number that an annotator gave to the text in one field. */
export interface FieldRating {
  readonly field: string;
  /** What was asked, without the name of the field: the same for all answers. */
  readonly name: string;
  readonly value: number;
  readonly annotator: string | undefined;
}

/** Reads the answers to questions that ask for a rating of one field by its name, such as `rating_response_1`: none where more of it is not better. */
export function readRatings(responses: readonly Response[], fields: JsonObject): FieldRating[] {
  const ratings = listRatings(responses, answerNames(fields));
  return ratings.filter((rating) => isCompared(rating, ratings));
}

/** What one annotator calls a 4 is another's 2: who rated one field alone compared nothing. */
function isCompared(rating: FieldRating, ratings: readonly FieldRating[]): boolean {
  const { annotator, field, name } = rating;
  return (
    annotator === undefined ||
    ratings.some((each) => each.annotator === annotator && each.name === name && each.field !== field)
  );
}

function listRatings(responses: readonly Response[], names: readonly string[]): FieldRating[] {
  return responses.flatMap(({ question, value, annotator }) => {
    if (asksForWorse(question)) {
      return [];
    }
    const asked = normaliseColumnName(question);
    const field = names.find((each) => asked.includes(normaliseColumnName(each)));
    return field === undefined || typeof value !== "number"
      ? []
      : [{ field, name: asked.replace(normaliseColumnName(field), ""), value, annotator }];
  });
}
