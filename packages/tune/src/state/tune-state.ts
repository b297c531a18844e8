/** What is remembered of uploads and jobs, so that nothing is done twice. It holds no key and no address of a store. */
export interface TuneState {
  readonly schema: typeof TUNE_STATE_SCHEMA;
  readonly files: readonly FileEntry[];
  readonly jobs: readonly JobEntry[];
}

/** The name of the shape of a state file. */
export const TUNE_STATE_SCHEMA = "dpo-kit/tune-state@1";

/** A file whose upload was begun. */
export interface FileEntry {
  /** Where it was sent to. */
  readonly endpoint: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Missing until the upload was answered. */
  readonly id?: string;
  readonly partial?: PartialUpload;
}

/** An upload in parts. */
export interface PartialUpload {
  readonly id: string;
  readonly partBytes: number;
  /** The ids of the parts that arrived, by their number. */
  readonly parts: Readonly<Record<string, string>>;
}

/** A job whose creation was begun. */
export interface JobEntry {
  readonly provider: string;
  readonly endpoint: string;
  readonly method: string;
  readonly model: string;
  /** SHA-256 of all that the job was asked to do. */
  readonly options: string;
  /** Made for this job alone. */
  readonly key: string;
  /** Missing until the request was answered. */
  readonly id?: string;
}

/** Where a state is kept. */
export interface StateStore {
  read(): Promise<TuneState>;
  /** All of it or nothing. */
  write(state: TuneState): Promise<void>;
}

/** A state in which nothing was done yet. */
export const emptyTuneState: TuneState = { schema: TUNE_STATE_SCHEMA, files: [], jobs: [] };

/** A store that forgets with the process. */
export function createMemoryStateStore(initial: TuneState = emptyTuneState): StateStore {
  let state = initial;
  return {
    read: async () => state,
    write: async (next) => {
      state = next;
    },
  };
}
