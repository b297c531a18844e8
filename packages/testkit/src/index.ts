export { arbitraryChunking, byteAtATime, chunked, collect, collectBytes, toBytes } from "./chunks.ts";
export {
  arbitraryAssistantMessage,
  arbitraryDpoExample,
  arbitraryJson,
  arbitraryMessages,
  arbitraryTools,
} from "./example-arbitraries.ts";
export {
  answerStatus,
  dropConnection,
  type Fault as FineTuningFault,
  type FaultEffect,
  tooManyRequests,
} from "./fine-tuning-server/faults.ts";
export type {
  FilePlan,
  FineTuningProvider,
  FineTuningServer,
  FineTuningServerOptions,
  JobPlan,
  RecordedForm,
  RecordedRequest,
  ServedModel,
} from "./fine-tuning-server/server-options.ts";
export type { StoredFile, StoredJob, StoredUpload } from "./fine-tuning-server/state.ts";
export {
  type RunningFineTuningServer,
  startFineTuningServer,
  withFineTuningServer,
} from "./fine-tuning-server/with-fine-tuning-server.ts";
export {
  type ConvertFixture,
  expectFixture,
  type Fixture,
  type FixtureResult,
  listFixtures,
  testFixtures,
} from "./fixtures.ts";
export {
  arbitraryBrokenText,
  arbitraryFilledText,
  arbitraryHostileText,
  hostilePieces,
} from "./hostile-text.ts";
export type {
  Fault,
  HubServer,
  HubServerOptions,
  LoggedRequest,
  ServedDataset,
} from "./hub-server/hub-server-options.ts";
export { withHubServer } from "./hub-server/with-hub-server.ts";
export { type LoopbackServer, type RequestHandler, withLoopbackServer } from "./loopback-server.ts";
export { createRandom, type Random } from "./random.ts";
export { type ProcessResult, type RunProcessOptions, runProcess } from "./run-process.ts";
export { temporaryFolder } from "./temporary-folder.ts";
export { zipOf } from "./zip-of.ts";
