import type { PairsRequest } from "../../pairs-request.ts";
import { encoderOptions } from "../read-batches.ts";
import type { UnitTask } from "./convert-unit.ts";

/** What the tasks of all units have in common: how pairs become lines. */
export function sharedTask(request: PairsRequest): Pick<UnitTask, "encoder" | "keepsUnpaired"> {
  const wantsAllNotes = request.issues !== undefined || request.sarif !== undefined;
  return { encoder: encoderOptions(request, wantsAllNotes), keepsUnpaired: request.unpaired !== undefined };
}
