import { DataError, excerpt } from "@dpo-kit/schema";
import { type EncodingName, encodingNames, isEncodingName } from "./encoding-name.ts";
import { encodingOfModel } from "./model-encodings.ts";

/** What to count with: an encoding, or the model that is to be trained. One of the two. */
export type EncodingChoice =
  | { readonly encoding: EncodingName; readonly model?: undefined }
  | { readonly model: string; readonly encoding?: undefined };

/**
 * The encoding that was asked for, by its own name or by a model's.
 *
 * @throws TOKENS_ENCODING_UNKNOWN where there is no such encoding, or the model's is not known.
 */
export function chooseEncoding({ encoding, model }: EncodingChoice): EncodingName {
  const chosen = model === undefined ? encoding : encodingOfModel(model);
  if (chosen === undefined || !isEncodingName(chosen)) {
    throw new DataError("TOKENS_ENCODING_UNKNOWN", {
      message: `No encoding is known for ${excerpt(model ?? encoding)}`,
      hint: `Name an encoding (${encodingNames.join(", ")}), or a model of OpenAI's.`,
    });
  }
  return chosen;
}
