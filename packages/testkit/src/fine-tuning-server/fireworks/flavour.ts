import { type Flavour, hasBearer } from "../route.ts";
import { datasetRoutes } from "./datasets.ts";
import { jobRoutes } from "./jobs.ts";

/** Numbers of gRPC's codes (https://grpc.io/docs/guides/status-codes), by the HTTP status where there is no name. */
const numbersByStatus = new Map([
  [400, 3],
  [401, 16],
  [403, 7],
  [404, 5],
  [409, 6],
  [429, 8],
  [500, 13],
  [503, 14],
]);

/** Fireworks' API; errors are as a gateway of gRPC writes them. */
export const fireworks: Flavour = {
  basePath: "/v1",
  routes: [...datasetRoutes, ...jobRoutes],
  isLetIn: hasBearer,
  envelope: ({ message, status, code }) => ({
    code: code === "FAILED_PRECONDITION" ? 9 : (numbersByStatus.get(status) ?? 2),
    message,
    details: [],
  }),
};
