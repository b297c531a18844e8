export { createDigester, type Digester, digestFile } from "./node/digest.ts";
export { createFileProvider, type FileProviderOptions } from "./node/file-provider.ts";
export { createHttpsProvider } from "./node/https-provider.ts";
export { nodeDecompressors } from "./node/node-decompressors.ts";
export type { OutputFile, OutputFileOptions, WrittenFile } from "./node/output-file.ts";
export { type CommitOptions, createOutputSet, type OutputSet } from "./node/output-set.ts";
export { readFileChunks } from "./node/read-file-chunks.ts";
export { createStdinProvider } from "./node/stdin-provider.ts";
