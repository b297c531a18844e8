import type { InputSource } from "@dpo-kit/io";
import { createDigester, type Digester } from "@dpo-kit/io/node";
import type { InputRecord } from "./manifest.ts";

/** Sees the bytes of one input as they are read, before they are unpacked. */
export interface InputWatch {
  chunk(bytes: Uint8Array): Promise<void> | void;
  /** All of it was read. */
  end(): void;
  /** Takes size and digest of an input that is not read from start to end. */
  digest?(digest: string | undefined, size: number | undefined): void;
}

/** Sees the bytes of all inputs of a run. */
export interface InputWatches {
  open(input: InputSource): InputWatch;
  bytesRead(): number;
  /** What the manifest keeps of each input, in the order of opening. */
  records(): Promise<InputRecord[]>;
  close(): void;
}

interface Watched {
  readonly input: InputSource;
  readonly digester: Digester | undefined;
  bytes: number;
  complete: boolean;
  /** Known of an input that was not read from start to end. */
  known?: { digest: string | undefined; size: number | undefined };
}

/** Counts the bytes of inputs and, if asked, digests them off the main thread. */
export function createInputWatches(options: { digest: boolean }): InputWatches {
  const inputs: Watched[] = [];
  return {
    open(input) {
      const watched: Watched = {
        input,
        digester: options.digest ? createDigester() : undefined,
        bytes: 0,
        complete: false,
      };
      inputs.push(watched);
      return {
        chunk(bytes) {
          watched.bytes += bytes.length;
          return watched.digester?.update(bytes);
        },
        end() {
          watched.complete = true;
        },
        digest(digest, size) {
          watched.known = { digest: options.digest ? digest : undefined, size };
          watched.bytes = size ?? 0;
        },
      };
    },
    bytesRead: () => inputs.reduce((total, { bytes }) => total + bytes, 0),
    records: () => Promise.all(inputs.map(recordOf)),
    close() {
      for (const { digester } of inputs) {
        digester?.abandon();
      }
    },
  };
}

/** With a limit not all was read: a digest of a part would not be one of the file. */
async function recordOf({ input, digester, bytes, complete, known }: Watched): Promise<InputRecord> {
  if (known !== undefined) {
    digester?.abandon();
    const { digest, size } = known;
    return {
      name: manifestName(input),
      ...(size === undefined ? {} : { bytes: size }),
      ...(digest === undefined ? {} : { digest }),
    };
  }
  const digest = complete ? await digester?.digest() : undefined;
  if (!complete) {
    digester?.abandon();
  }
  return {
    name: manifestName(input),
    ...(complete ? { bytes } : {}),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** A dataset of the Hub is named whole, with its commit, which says exactly what was read; of a path only its end. */
function manifestName({ name, baseName }: InputSource): string {
  return name.startsWith("hf://") ? name : baseName;
}

/** Shows a watch the chunks that go by. */
export async function* watchChunks(
  chunks: AsyncIterable<Uint8Array>,
  watch: InputWatch,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    await watch.chunk(chunk);
    yield chunk;
  }
  watch.end();
}
