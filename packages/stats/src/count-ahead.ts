import type { PairBatch } from "@dpo-kit/batch";
import type { TokenColumns } from "./pairs/pair-view.ts";

/** A function that counts the tokens of the lines of a batch, such as that of a counter or a pool of threads. */
export type CountLines = (batch: PairBatch) => TokenColumns | Promise<TokenColumns>;

/** How tokens are counted ahead. */
export interface CountAheadOptions {
  /** Default: none, and no tokens. */
  readonly countLines?: CountLines;
  /** How many batches may wait for their tokens at once. Default: 4. */
  readonly batchesAtOnce?: number;
}

/** The batches in their order, each with the tokens of its lines; the next are counted meanwhile. */
export async function* countAhead<Item extends { readonly batch: PairBatch }>(
  items: AsyncIterable<Item> | Iterable<Item>,
  { countLines, batchesAtOnce = 4 }: CountAheadOptions,
): AsyncGenerator<Item & { readonly tokens?: TokenColumns }> {
  const waiting: { item: Item; tokens: Promise<TokenColumns | undefined> }[] = [];
  async function first(): Promise<Item & { readonly tokens?: TokenColumns }> {
    const { item, tokens: counting } = waiting.shift()!;
    const tokens = await counting;
    return tokens === undefined ? item : { ...item, tokens };
  }
  for await (const item of items) {
    const tokens = countTokens(item.batch, countLines);
    // A failure is thrown when its turn comes; until then it must not count as unhandled.
    tokens.catch(() => {});
    waiting.push({ item, tokens });
    if (waiting.length >= batchesAtOnce) {
      yield await first();
    }
  }
  while (waiting.length > 0) {
    yield await first();
  }
}

async function countTokens(
  batch: PairBatch,
  countLines: CountLines | undefined,
): Promise<TokenColumns | undefined> {
  return countLines?.(batch);
}
