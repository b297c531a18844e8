export { readHubEnvironment } from "./node/hub-environment.ts";
export { openPushFile } from "./node/open-push-file.ts";
