import { type Answer, json, Refusal } from "../call.ts";
import { type NamedObject, queryOf } from "../checks.ts";
import type { Context, Route } from "../route.ts";
import type { State } from "../state.ts";

/** The Models API (https://developers.openai.com/api/docs/api-reference/models). */
export const modelRoutes: readonly Route[] = [
  { method: "GET", path: "/models", handle: listModels },
  { method: "GET", path: "/models/{id}", handle: retrieveModel },
];

function listModels({ state, call }: Context): Answer {
  queryOf(call);
  return json({ object: "list", data: modelObjects(state) });
}

function retrieveModel({ state, params }: Context): Answer {
  const model = modelObjects(state).find(({ id }) => id === params.id);
  if (model === undefined) {
    throw new Refusal(404, `The model '${params.id}' does not exist`, {
      param: "model",
      code: "model_not_found",
    });
  }
  return json(model);
}

/** A tuned model ends with the one that it was made of. */
function modelObjects({ models, jobs, now }: State): NamedObject[] {
  const created = (id: string, owner: string, shutdownDate: string | null): NamedObject => ({
    id,
    object: "model",
    created: now,
    owned_by: owner,
    shutdown_date: shutdownDate,
  });
  const tuned = jobs.filter(({ fineTunedModel }) => fineTunedModel !== undefined);
  const endOf = (model: string): string | null => models.find(({ id }) => id === model)?.shutdownDate ?? null;
  return [
    ...models.map(({ id, shutdownDate }) => created(id, "system", shutdownDate)),
    ...tuned.map(({ fineTunedModel, model }) => created(fineTunedModel!, "org-loopback", endOf(model))),
  ];
}
