export { readHubEnvironment } from "./node/hub-environment.ts";
