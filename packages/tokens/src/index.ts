export type { EncodingChoice } from "./encoding/choose-encoding.ts";
export { type EncodingName, encodingNames, isEncodingName } from "./encoding/encoding-name.ts";
export {
  encodingOfModel,
  type ModelEncoding,
  modelEncodings,
  modelEncodingsSource,
} from "./encoding/model-encodings.ts";
export type { CountTokens } from "./encoding/text-counter.ts";
export {
  chatFormatSource,
  countExampleTokens,
  countMessageTokens,
  type ExampleParts,
  type ExampleTokens,
  TOKENS_PER_MESSAGE,
  TOKENS_PER_NAME,
  TOKENS_PER_REPLY,
} from "./example/count-example.ts";
export {
  countLineTokens,
  type EncodedLines,
  type LineTokens,
  longerSideTokens,
} from "./example/count-lines.ts";
export { createTokenCounter, type TokenCounter } from "./token-counter.ts";
