import { type Answer, json } from "../call.ts";
import { type Context, type Flavour, hasBearer } from "../route.ts";
import { fileRoutes } from "./files.ts";
import { jobRoutes } from "./jobs.ts";

/** https://docs.together.ai/reference/models: a list without an object around it. */
function listModels({ state }: Context): Answer {
  return json(state.models.map(({ id }) => ({ id, object: "model", created: state.now, type: "chat" })));
}

/** Together's API; errors are ErrorData of https://github.com/togethercomputer/openapi. */
export const together: Flavour = {
  basePath: "/v1",
  routes: [...fileRoutes, ...jobRoutes, { method: "GET", path: "/models", handle: listModels }],
  isLetIn: hasBearer,
  envelope: ({ message, status, param, code }) => ({
    error: { message, type: status < 500 ? "invalid_request_error" : "server_error", param, code },
  }),
};
