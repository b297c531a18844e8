import type { JsonObject } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";

/** What somebody said of an answer. */
export interface DifyRating {
  readonly message: string;
  readonly up: boolean;
  /** Tells people apart; it is never written anywhere. */
  readonly user: string;
}

/** Reads an entry of the feedback, from the API or from the console's export; undefined where it rates nothing. */
export function readDifyRating(entry: JsonObject): DifyRating | undefined {
  const message = firstText(entry.message_id);
  const up = thumbs.get(firstText(entry.rating, entry.feedback_rating_raw) ?? "");
  const user = JSON.stringify([
    firstText(entry.from_source, entry.feedback_source),
    firstText(entry.from_end_user_id, entry.from_account_id),
  ]);
  return message === undefined || up === undefined ? undefined : { message, up, user };
}

const thumbs: ReadonlyMap<string, boolean> = new Map([
  ["like", true],
  ["dislike", false],
]);

/** The ratings that stand in a message: the user's own, or in the console those of all. */
export function ratingsIn(message: JsonObject, id: string): DifyRating[] {
  const { feedback, feedbacks } = message;
  const given = [...(isObject(feedback) ? [feedback] : []), ...objectsIn(feedbacks)];
  const ratings = given.map((each) => readDifyRating({ ...each, message_id: id }));
  return ratings.filter((rating) => rating !== undefined);
}

/** Of several ratings by one person of one answer the last. */
export function latestRatings(ratings: readonly DifyRating[]): DifyRating[] {
  return [
    ...new Map(ratings.map((rating) => [JSON.stringify([rating.message, rating.user]), rating])).values(),
  ];
}
