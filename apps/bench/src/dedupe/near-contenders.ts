import { createClassicMinHash } from "./classic-min-hash.ts";
import { loadBuilt } from "./load-built.ts";
import type { PairTexts } from "./near-pairs.ts";

/** How a signature is cut. */
interface Banding {
  readonly bands: number;
  readonly rowsPerBand: number;
}

interface WordHasher {
  clear(): void;
  add(text: string): void;
}

interface BandingModule {
  bandingFor(threshold: number): Banding;
}

interface SignerModule {
  PairSigner: new (
    banding: Banding,
  ) => {
    sign(parts: readonly (readonly string[])[]): { readonly bands: Uint32Array } | undefined;
  };
}

interface WordsModule {
  WordHasher: new () => WordHasher;
}

interface ShinglesModule {
  forEachShingle(words: WordHasher, visit: (first: number, second: number) => void): void;
}

/** Gives the names of the bands of a pair: pairs that share one are candidates. */
export type BandsOf = (pair: PairTexts) => readonly string[];

/** A way to find candidates. */
export interface NearContender {
  readonly name: string;
  readonly bandsOf: BandsOf;
}

/** Ours and the classic MinHash, over the same shingles, with the same number of rows and bands. */
export async function listNearContenders(threshold: number): Promise<NearContender[]> {
  const { bandingFor } = await loadBuilt<BandingModule>("dedupe", "near/banding.js");
  const banding = bandingFor(threshold);
  return [
    { name: "one-permutation MinHash", bandsOf: await ours(banding) },
    { name: "classic MinHash", bandsOf: await classic(banding) },
  ];
}

async function ours(banding: Banding): Promise<BandsOf> {
  const { PairSigner } = await loadBuilt<SignerModule>("dedupe", "near/pair-signer.js");
  const signer = new PairSigner(banding);
  return (pair) => {
    const bands = signer.sign(pair.map((text) => [text]))?.bands ?? new Uint32Array();
    return Array.from({ length: bands.length / 2 }, (_, band) => `${bands[band * 2]}-${bands[band * 2 + 1]}`);
  };
}

/** As ours takes its rows: of all parts in turn. */
async function classic({ bands, rowsPerBand }: Banding): Promise<BandsOf> {
  const { WordHasher } = await loadBuilt<WordsModule>("dedupe", "near/word-hasher.js");
  const { forEachShingle } = await loadBuilt<ShinglesModule>("dedupe", "near/shingles.js");
  const words = new WordHasher();
  const sign = createClassicMinHash(Math.ceil((bands * rowsPerBand) / 3));
  return (pair) => {
    const signatures = pair.map((text) => {
      const shingles: number[] = [];
      words.clear();
      words.add(text);
      forEachShingle(words, (first) => shingles.push(first));
      return sign(shingles);
    });
    return Array.from({ length: bands }, (_, band) => {
      const rows = Array.from({ length: rowsPerBand }, (_, row) => band * rowsPerBand + row);
      return `${band}:${rows.map((row) => signatures[row % 3]![Math.floor(row / 3)])}`;
    });
  };
}
