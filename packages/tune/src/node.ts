export { createFileStateStore } from "./node/file-state-store.ts";
export { openTrainingFile } from "./node/open-training-file.ts";
export { readProviderEnvironment, type TuneEnvironment } from "./node/provider-environment.ts";
