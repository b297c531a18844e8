import type { Refusal } from "../call.ts";
import { type Flavour, hasBearer, type Route } from "../route.ts";
import { fileRoutes } from "./files.ts";
import { jobRoutes } from "./jobs.ts";
import { modelRoutes } from "./models.ts";
import { uploadRoutes } from "./uploads.ts";

const routes: readonly Route[] = [...fileRoutes, ...uploadRoutes, ...jobRoutes, ...modelRoutes];

/** https://developers.openai.com/api/docs/guides/error-codes */
const typesOf = new Map([
  [401, "authentication_error"],
  [429, "rate_limit_error"],
  [500, "server_error"],
  [503, "server_error"],
]);

/** OpenAI's own API. */
export const openai: Flavour = {
  basePath: "/v1",
  routes,
  isLetIn: hasBearer,
  envelope: ({ message, status, param, code }) => ({
    error: { message, type: typesOf.get(status) ?? "invalid_request_error", param, code },
  }),
};

/**
 * The same behind another path, with the key in a header of its own or as a bearer, and shorter errors
 * (https://learn.microsoft.com/azure/ai-foundry/openai/latest).
 */
export const azure: Flavour = {
  basePath: "/openai/v1",
  routes,
  freeQuery: ["api-version"],
  isLetIn: (call, apiKey) => call.headers["api-key"] === apiKey || hasBearer(call, apiKey),
  envelope: ({ status, code, message }: Refusal) => ({ error: { code: code ?? String(status), message } }),
};
