export type { UnpairedExample } from "@dpo-kit/preference";
