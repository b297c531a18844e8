import { type Answer, type Call, Refusal } from "./call.ts";
import type { State } from "./state.ts";

/** What a route is handled with. */
export interface Context {
  state: State;
  call: Call;
  /** The named parts of the path. */
  params: Readonly<Record<string, string>>;
}

/** One request that an API knows. */
export interface Route {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the base path; `{name}` is a named part. */
  path: string;
  /** Its address is signed: it takes no key. */
  isSigned?: true;
  handle(context: Context): Answer;
}

/** How one provider's API differs from the others. */
export interface Flavour {
  /** What each path begins with. */
  basePath: string;
  routes: readonly Route[];
  /** Names that any query may bear, and that change nothing. */
  freeQuery?: readonly string[];
  /** Whether the key is right; throws where the account is not. */
  isLetIn(call: Call, apiKey: string): boolean;
  /** The provider's own envelope of an error. */
  envelope(refusal: Refusal): unknown;
}

/** Answers a request that was read whole. */
export function answer(state: State, flavour: Flavour, call: Call): Answer {
  const route = findRoute(flavour, call);
  if (route.isSigned) {
    requireSignature(call);
  } else if (!flavour.isLetIn(call, state.apiKey)) {
    throw new Refusal(401, "Incorrect API key provided.", { code: "invalid_api_key" });
  }
  for (const name of flavour.freeQuery ?? []) {
    call.url.searchParams.delete(name);
  }
  return route.handle({ state, call, params: paramsOf(flavour, route, call)! });
}

function findRoute(flavour: Flavour, call: Call): Route {
  const routes = flavour.routes.filter((route) => paramsOf(flavour, route, call) !== undefined);
  const route = routes.find(({ method }) => method === call.method);
  if (route === undefined) {
    const where = `(${call.method} ${call.url.pathname})`;
    throw routes.length === 0
      ? new Refusal(404, `Invalid URL ${where}`, { code: "unknown_url" })
      : new Refusal(405, `Not allowed to use this method ${where}`, { code: "method_not_supported" });
  }
  return route;
}

function paramsOf(flavour: Flavour, { path }: Route, { url }: Call): Record<string, string> | undefined {
  const form = `${flavour.basePath}${path}`.replaceAll(/\{([a-zA-Z]+)\}/gu, "(?<$1>[^/:]+)");
  const found = new RegExp(`^${form}$`, "u").exec(url.pathname);
  return found === null
    ? undefined
    : Object.fromEntries(
        Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
      );
}

/** The stores behind signed addresses refuse a request that shows a key as well. */
function requireSignature({ url, headers }: Call): void {
  if (headers.authorization !== undefined) {
    throw new Refusal(400, "Only one auth mechanism allowed.");
  }
  if (url.searchParams.get("signature") !== "secret") {
    throw new Refusal(403, "The signature does not match.");
  }
}

/** An address on this server that needs no key. */
export function signedAddress({ headers }: Call, path: string): string {
  return `http://${headers.host}${path}?signature=secret`;
}

/** Whether the key stands behind `Bearer`. */
export function hasBearer({ headers }: Call, apiKey: string): boolean {
  return headers.authorization === `Bearer ${apiKey}`;
}
