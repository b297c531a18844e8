import type { FineTuningProvider } from "../fine-tuning-provider.ts";
import type { StateStore } from "../state/tune-state.ts";

/** What a run works with. */
export interface TuneContext {
  readonly provider: FineTuningProvider;
  readonly store: StateStore;
  /** Milliseconds between two looks at a file or a job. Default: 5000. */
  readonly pollInterval?: number;
  /** Waits, in milliseconds. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TuneProgress) => void;
}

/** How far a run is. */
export type TuneProgress =
  | { readonly kind: "uploading"; readonly file: string; readonly bytes: number; readonly sent: number }
  | { readonly kind: "uploaded"; readonly file: string; readonly id: string; readonly isKnown: boolean }
  | { readonly kind: "processing"; readonly file: string; readonly id: string; readonly status: string }
  | { readonly kind: "created"; readonly job: string; readonly isKnown: boolean };

/** How often a file or a job is looked at. In milliseconds. */
export const POLL_INTERVAL = 5000;
