export { type DiskLineSorterOptions, diskLineSorters } from "./node/disk-line-sorter.ts";
