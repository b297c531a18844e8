export { type CardConfig, readCardConfigs } from "./card-configs.ts";
export { type ChoiceInput, chooseFiles, type FileChoice, type PartOptions } from "./choose-files.ts";
export { type DatasetFile, formatRank } from "./data-file.ts";
export { type DatasetFeature, textPreferenceFeatures } from "./dataset-features.ts";
export {
  type CardSplit,
  type DatasetCard,
  type DatasetCardInput,
  formatDatasetCard,
} from "./format-dataset-card.ts";
export { compileGlob, type PathMatcher } from "./glob-pattern.ts";
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
export { type PushOptions, type PushProgress, type PushResult, pushDataset } from "./push-dataset.ts";
export { type PushFile, pushTarget, splitsOf } from "./push-plan.ts";
export { sizeCategory } from "./size-category.ts";
export { type PathPlace, splitOfPath } from "./split-of-path.ts";
