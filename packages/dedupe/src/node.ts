export { createDiskSpill, type DiskSpill } from "./node/disk-spill.ts";
