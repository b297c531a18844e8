export { type DiskStoreOptions, diskStore } from "./node/disk-store.ts";
