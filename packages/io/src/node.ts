export { nodeDecompressors } from "./node/node-decompressors.ts";
