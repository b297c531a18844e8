import { type Answer, type Call, json, Refusal } from "../call.ts";
import { type NamedObject, queryOf } from "../checks.ts";

interface PageLimits {
  /** Default number of items. */
  limit: number;
  most: number;
  /** Names that the query may bear beside `after` and `limit`. */
  more?: readonly string[];
  /** Whether lists of this kind tell their first and last id. */
  hasEnds?: boolean;
}

/** A page of a list: `limit` items that come `after` one of them. */
export function page(
  call: Call,
  items: readonly NamedObject[],
  { limit, most, more = [], hasEnds = false }: PageLimits,
): Answer {
  const query = queryOf(call, "after", "limit", ...more);
  const size = query.limit === undefined ? limit : Number(query.limit);
  if (!Number.isInteger(size) || size < 1 || size > most) {
    throw new Refusal(400, `Invalid 'limit': expected an integer from 1 to ${most}.`, { param: "limit" });
  }
  const { after } = query;
  const at = after === undefined ? -1 : items.findIndex(({ id }) => id === after);
  if (after !== undefined && at === -1) {
    throw new Refusal(400, `Invalid 'after': no such item ${after}.`, { param: "after" });
  }
  const data = items.slice(at + 1, at + 1 + size);
  return json({
    object: "list",
    data,
    ...(hasEnds ? { first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null } : {}),
    has_more: at + 1 + size < items.length,
  });
}
