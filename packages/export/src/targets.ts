import { DataError } from "@dpo-kit/schema";
import type { ExportTarget } from "./export-target.ts";
import { axolotl } from "./targets/axolotl.ts";
import { azure } from "./targets/azure.ts";
import { fireworks } from "./targets/fireworks.ts";
import { kto } from "./targets/kto.ts";
import { llamaFactory } from "./targets/llama-factory.ts";
import { llamaFactoryAlpaca } from "./targets/llama-factory-alpaca.ts";
import { msSwift } from "./targets/ms-swift.ts";
import { nemoRl } from "./targets/nemo-rl.ts";
import { nova } from "./targets/nova.ts";
import { openai } from "./targets/openai.ts";
import { openpipe } from "./targets/openpipe.ts";
import { sagemaker } from "./targets/sagemaker.ts";
import { sft } from "./targets/sft.ts";
import { together } from "./targets/together.ts";
import { trl } from "./targets/trl.ts";
import { trlImplicit } from "./targets/trl-implicit.ts";
import { trlStandard } from "./targets/trl-standard.ts";
import { vertex } from "./targets/vertex.ts";

/** Every target, in the order of help. A new one is one file, one fixture folder and one line here. */
export const exportTargets: readonly ExportTarget[] = [
  sft,
  trl,
  trlImplicit,
  trlStandard,
  kto,
  llamaFactory,
  llamaFactoryAlpaca,
  axolotl,
  msSwift,
  nemoRl,
  openpipe,
  vertex,
  nova,
  sagemaker,
  openai,
  azure,
  together,
  fireworks,
];

/**
 * The target of an id or of another name that it goes by.
 * @throws EXPORT_TARGET_UNKNOWN
 */
export function exportTarget(name: string): ExportTarget {
  const found = exportTargets.find(({ id, aliases = [] }) => id === name || aliases.includes(name));
  if (found === undefined) {
    throw new DataError("EXPORT_TARGET_UNKNOWN", {
      message: `There is no target ${JSON.stringify(name)} to export to`,
      hint: `Choose of ${exportTargets.map(({ id }) => id).join(", ")}.`,
    });
  }
  return found;
}
