import { DataError, type IssueCode } from "@dpo-kit/schema";
import { formatHubAddress, type HubAddress } from "./hub-address.ts";
import { datasetPage, type HubAnswer, type HubConnection } from "./hub-connection.ts";
import { isTemporary, RetryableError, waitOf } from "./retry.ts";

/** What was asked of the Hub, for messages. */
export interface HubRequestContext {
  readonly hub: HubConnection;
  /** What is read or written. */
  readonly address: HubAddress;
  /** The code of an answer that no other code fits. */
  readonly failure: IssueCode;
}

/** The error of an answer that is none of success. Reads what the server says, and closes the answer. */
export async function refusalOf(context: HubRequestContext, { response, url }: HubAnswer): Promise<Error> {
  const { status, headers } = response;
  const isOwn = context.hub.isOwn(url);
  const said = await whatServerSays(context.hub, response);
  // The addresses of a store behind the Hub run out: asking the Hub again gives a fresh one.
  if (isTemporary(status) || (!isOwn && [401, 403, 404, 410].includes(status))) {
    return new RetryableError(`${isOwn ? "the Hub" : "the store behind the Hub"} answered ${status}`, {
      wait: waitOf(headers),
    });
  }
  const reason = headers.get("x-error-code");
  if (reason === "RepoNotFound" || status === 404 || status === 410) {
    return notFound(context, reason);
  }
  if (status === 401 || status === 403) {
    return notAuthorised(context, status, said);
  }
  if (isOwn && (status === 409 || status === 412)) {
    return failure(context, "HUB_DIVERGED", `the dataset has changed${said}`);
  }
  return failure(context, context.failure, `the Hub answered ${status}${said}`);
}

function notFound(context: HubRequestContext, reason: string | null): DataError {
  const { hub, address } = context;
  if (reason === "EntryNotFound") {
    return failure(context, "IO_NOT_FOUND", "there is no such file", seeFiles(hub, address));
  }
  if (reason === "RevisionNotFound") {
    return failure(context, "IO_NOT_FOUND", "there is no such revision", seeFiles(hub, address));
  }
  const hint = `Check the name: ${datasetPage(hub, address)} must be there. A private dataset is seen with a token of its owner; ${tokenState(hub)}`;
  return failure(context, "IO_NOT_FOUND", "there is no such dataset, or it is private", hint);
}

function notAuthorised(context: HubRequestContext, status: number, said: string): DataError {
  const { hub, address } = context;
  const page = datasetPage(hub, address);
  if (context.failure === "HUB_PUSH_FAILED") {
    const hint = `The token must be allowed to write to ${page}; make one at ${hub.endpoint}/settings/tokens and set HF_TOKEN to it.`;
    return failure(context, "IO_NOT_AUTHORISED", `the Hub answered ${status}${said}`, hint);
  }
  // Where a token is known but lacks access the Hub answers 403.
  if (hub.hasToken && status === 401) {
    const hint = `The token was not accepted: make another at ${hub.endpoint}/settings/tokens and set HF_TOKEN to it, or unset it if ${page} is public.`;
    return failure(context, "IO_NOT_AUTHORISED", `the Hub answered 401${said}`, hint);
  }
  const hint = hub.hasToken
    ? `Visit ${page} with the account of the token, and accept its terms or ask for access; ${tokenState(hub)}`
    : `Visit ${page}, sign in and accept its terms, then set HF_TOKEN to a token of ${hub.endpoint}/settings/tokens; ${tokenState(hub)}`;
  return failure(context, "IO_NOT_AUTHORISED", `the Hub answered ${status}${said}`, hint);
}

function tokenState(hub: HubConnection): string {
  return hub.hasToken ? "a token is set and was sent." : "HF_TOKEN is not set.";
}

function seeFiles(hub: HubConnection, address: HubAddress): string {
  return `See what is there: ${datasetPage(hub, address)}/tree/${encodeURI(address.revision ?? "main")}`;
}

function failure({ address }: HubRequestContext, code: IssueCode, what: string, hint?: string): DataError {
  const name = formatHubAddress(address);
  return new DataError(code, {
    message: `${name}: ${what}`,
    location: { source: name },
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Of an error no more than this is read, in bytes; of its text no more than 200 characters are shown. */
const mostRead = 64 * 1024;

async function whatServerSays(hub: HubConnection, response: Response): Promise<string> {
  const head = response.headers.get("x-error-message");
  const text = head ?? errorOf(await readStart(response));
  if (head !== null) {
    await response.body?.cancel().catch(() => {});
  }
  const line = hub
    .conceal(text)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return line === "" ? "" : `: ${line.slice(0, 200)}`;
}

async function readStart(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let text = "";
  try {
    while (reader !== undefined && text.length < mostRead) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // What came before the connection broke will do.
  }
  await reader?.cancel().catch(() => {});
  return text;
}

function errorOf(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: unknown };
    return typeof error === "string" ? error : "";
  } catch {
    return "";
  }
}
