export {
  type DatasetFolder,
  type DatasetSplit,
  datasetFolder,
  type ReadDatasetFolderOptions,
  readDatasetFolder,
} from "./node/dataset-folder.ts";
export { createDigester, type Digester, digestFile } from "./node/digest.ts";
export { type DiskEntrySorterOptions, diskEntrySorters } from "./node/disk-entry-sorter.ts";
export { createFileProvider, type FileProviderOptions } from "./node/file-provider.ts";
export { fileRandomAccess } from "./node/file-random-access.ts";
export { createHttpsProvider } from "./node/https-provider.ts";
export { nodeDecompressors } from "./node/node-decompressors.ts";
export { nodeParquetCompressors } from "./node/node-parquet-compressors.ts";
export type { OutputFile, OutputFileOptions, WrittenFile } from "./node/output-file.ts";
export {
  type CommitOptions,
  createOutputSet,
  type OpenOutputOptions,
  type OutputSet,
} from "./node/output-set.ts";
export { readFileChunks } from "./node/read-file-chunks.ts";
export { type ReadRowsOptions, type RowsInput, readRowBlocks, readRows } from "./node/read-rows.ts";
export { machineName } from "./node/stale-partials.ts";
export { createStdinProvider } from "./node/stdin-provider.ts";
export { createWorkingFolder, type WorkingFolder } from "./node/working-folder.ts";
