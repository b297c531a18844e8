import { digestFile } from "@dpo-kit/io/node";
import type { SourcePlan } from "../conversion-plan.ts";
import { claimSet } from "../formats/claim-set.ts";
import type { FormatPlan, FormatReadOptions } from "../formats/pipeline-format.ts";
import type { FoundSource, SourceSet } from "../source-set.ts";
import { type PreparedSource, type PrepareOptions, passedOn } from "./prepare-source.ts";
import { PREVIEWED_RECORDS, type Preview, previewOutcomes } from "./preview-text.ts";
import { beginningOf, type SetBeginning } from "./set-beginning.ts";

/**
 * Plans the conversion of a folder or an archive that a format takes as a whole.
 * @throws what the format's plan throws
 */
export async function prepareSet(
  input: FoundSource & { readonly set: SourceSet },
  { request, environment }: PrepareOptions,
): Promise<PreparedSource> {
  const { format, sets, why } = (await claimSet(input.set, request))!;
  const formatPlan = await sets.plan(input.set, request);
  const beginning = beginningOf(input.set, formatPlan.files);
  const { limit } = request;
  const { signal } = environment;
  const read: FormatReadOptions = {
    source: input.name,
    ...(limit === undefined ? {} : { limit }),
    ...(signal === undefined ? {} : { signal }),
  };
  return {
    input,
    plan: {
      ...planOfSet(input, formatPlan, { id: format.id, title: format.title, why }),
      ...(await previewSet(beginning, await sets.plan(beginning.set, request))),
    },
    async *encode({ encoder, watch, ...rest }) {
      yield* formatPlan.encode("", { ...read, ...passedOn({ encoder, watch, ...rest }), encoder });
      const isFile = input.set.kind === "zip";
      watch.digest?.(isFile ? await digestFile(input.name).catch(() => undefined) : undefined, input.size);
    },
    close: async () => {},
  };
}

function planOfSet(
  { name, set, size }: FoundSource,
  { columns, facts, losses, mapping, unit }: FormatPlan,
  { id, title, why }: { id: string; title: string; why: string },
): Omit<SourcePlan, keyof Preview> {
  const files = `${set!.members.length} files`;
  return {
    source: name,
    ...(size === undefined ? {} : { size }),
    format: id,
    formatTitle: title,
    ...(unit === undefined ? {} : { unit }),
    facts: [{ label: "format", value: title, why }, { label: set!.kind, value: files }, ...facts],
    mapping,
    columns,
    losses,
  };
}

function previewSet({ isComplete, set }: SetBeginning, plan: FormatPlan): Promise<Preview> {
  const read = { source: set.name, limit: PREVIEWED_RECORDS + 1 };
  return previewOutcomes((onPairTree) => plan.convert("", { ...read, onPairTree }), {
    isComplete,
    planned: plan.transforms,
  });
}
