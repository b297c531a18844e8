export { type CardConfig, readCardConfigs } from "./card-configs.ts";
export { type ChoiceInput, chooseFiles, type FileChoice, type PartOptions } from "./choose-files.ts";
export type { DatasetFile } from "./data-file.ts";
export {
  formatHubAddress,
  type HubAddress,
  type HubDataset,
  isHubAddress,
  parseHubAddress,
} from "./hub-address.ts";
export { HUB_ENDPOINT } from "./hub-connection.ts";
export type { HubOptions } from "./hub-options.ts";
export { createHubProvider, type HubProvider, type HubProviderOptions } from "./hub-provider.ts";
export type { HubSource } from "./hub-source.ts";
export { type DatasetListing, listDatasetFiles } from "./list-dataset-files.ts";
