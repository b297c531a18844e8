export { arbitraryChunking, byteAtATime, chunked, collect, collectBytes, toBytes } from "./chunks.ts";
export {
  arbitraryAssistantMessage,
  arbitraryDpoExample,
  arbitraryJson,
  arbitraryMessages,
  arbitraryTools,
} from "./example-arbitraries.ts";
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
