import type { JsonObject, JsonValue, Message } from "@dpo-kit/schema";
import { withSystem } from "../read-context.ts";
import type { RowSample } from "../row-sample.ts";
import { type ColumnMapping, columnOf, type RowContext } from "../shape.ts";
import { findColumnName, isObject, ownMember } from "./member.ts";

/** The column that holds what is to be summarised: `info` of summarize_from_feedback. None where there is no such. */
export function findPost(sample: RowSample): ColumnMapping[] {
  const info = findColumnName(
    sample.columns.map(({ name }) => name),
    ["info"],
  );
  const isPost = info !== undefined && sample.rows.every((row) => postOf(ownMember(row, info)) !== undefined);
  return isPost ? [{ role: "info", column: info }] : [];
}

/** The prompt that a post makes; undefined where the row has none. */
export function readPost(row: JsonObject, context: RowContext): Message[] | undefined {
  const info = columnOf(context.claim, "info");
  const content = info === undefined ? undefined : postOf(ownMember(row, info));
  if (content === undefined) {
    return undefined;
  }
  context.reader.changed("prompt-from-template");
  return withSystem([{ role: "user", content }], row, context);
}

/** What is to be summarised, in the form that OpenAI's paper gives it: https://arxiv.org/abs/2009.01325 */
function postOf(info: JsonValue | undefined): string | undefined {
  if (!isObject(info)) {
    return undefined;
  }
  const [subreddit, title, post, article] = ["subreddit", "title", "post", "article"].map((name) => {
    const value = ownMember(info, name);
    return typeof value === "string" && value !== "" ? value : undefined;
  });
  const text = post ?? article;
  if (text === undefined) {
    return undefined;
  }
  const parts = [
    ...(subreddit === undefined ? [] : [`SUBREDDIT: r/${subreddit}`]),
    ...(title === undefined ? [] : [`TITLE: ${title}`]),
    post === undefined ? text : `POST: ${post}`,
    "TL;DR:",
  ];
  return parts.join("\n\n");
}
