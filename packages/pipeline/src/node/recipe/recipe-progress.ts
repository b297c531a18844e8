import type { RunEnvironment } from "../../conversion-request.ts";
import type { UnitProgress } from "./convert-unit.ts";

/** Joins how far many sources are. */
export interface RecipeProgress {
  /** Takes what is told of a unit. */
  update(unit: number, progress: UnitProgress | "begun" | "ended"): void;
}

/** A unit as progress shows it. */
export interface ShownUnit {
  readonly name: string;
  readonly size?: number | undefined;
}

/** Tells the environment of the sum of all units. `done` counts the units that need no work. */
export function createRecipeProgress(
  units: readonly ShownUnit[],
  done: number,
  { onProgress }: RunEnvironment,
): RecipeProgress {
  const nothing: UnitProgress = { bytesRead: 0, records: 0, pairs: 0, rejected: 0 };
  const last = units.map(() => nothing);
  const running = new Set<number>();
  let ended = 0;
  const sizes = units.map(({ size }) => size);
  const bytesTotal = sizes.includes(undefined) ? undefined : sizes.reduce((sum, size) => sum! + size!, 0);
  const sumOf = (name: keyof UnitProgress): number => last.reduce((sum, one) => sum + one[name], 0);
  return {
    update(unit, progress) {
      if (progress === "begun") {
        running.add(unit);
      } else if (progress === "ended") {
        running.delete(unit);
        ended += 1;
        last[unit] = { ...last[unit]!, bytesRead: units[unit]!.size ?? last[unit]!.bytesRead };
      } else {
        last[unit] = progress;
      }
      onProgress?.({
        bytesRead: sumOf("bytesRead"),
        ...(bytesTotal === undefined ? {} : { bytesTotal }),
        records: sumOf("records"),
        pairs: sumOf("pairs"),
        rejected: sumOf("rejected"),
        sources: {
          done: done + ended,
          total: done + units.length,
          current: [...running].map((number) => units[number]!.name),
        },
      });
    },
  };
}
