export type { InputSource, Source, SourceProvider } from "./source.ts";
