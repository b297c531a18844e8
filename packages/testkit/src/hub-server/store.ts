import { bodyOf, type Exchange, Refusal } from "./exchange.ts";
import type { State } from "./hub-state.ts";
import { sha256 } from "./hub-state.ts";
import { sendContent } from "./read-dataset.ts";

/** Answers as the store of large files. */
export async function answerStore(state: State, exchange: Exchange): Promise<void> {
  const { request, response, url } = exchange;
  const [, action, oid = "", part] = url.pathname.split("/");
  if (action === "objects") {
    const content = state.store.get(oid);
    if (content === undefined || url.searchParams.get("signature") !== "secret") {
      throw new Refusal(403, "Request has expired");
    }
    return sendContent(exchange, content);
  }
  const body = await bodyOf(request);
  if (action === "complete") {
    const { parts } = JSON.parse(body.toString()) as { parts: { partNumber: number }[] };
    state.store.set(
      oid,
      Buffer.concat(parts.map(({ partNumber }) => state.parts.get(`${oid}/${partNumber}`)!)),
    );
  } else if (part !== undefined) {
    state.parts.set(`${oid}/${Number(part)}`, body);
  } else {
    state.store.set(oid, body);
  }
  response.writeHead(200, { etag: `"${sha256(body)}"` }).end("{}");
}
