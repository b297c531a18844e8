/**
 * Makes JSON Schema 2020-12 of what OpenAPI 3.0 wrote otherwise, lets anything be where a reference leads nowhere,
 * and closes objects whose keys are named.
 */
export function jsonSchemaOf(document: unknown): object {
  return convert(document, document) as object;
}

function convert(value: unknown, root: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => convert(item, root));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([key, item]) => [key, convert(item, root)]);
  const schema = Object.fromEntries(entries) as Record<string, unknown>;
  if (typeof schema.$ref === "string" && !isThere(schema.$ref, root)) {
    return {};
  }
  if (schema.type === undefined) {
    delete schema.nullable;
  }
  if (schema.exclusiveMinimum === true) {
    schema.exclusiveMinimum = schema.minimum;
    delete schema.minimum;
  }
  if (typeof schema.properties === "object") {
    schema.additionalProperties ??= false;
  }
  return schema;
}

function isThere(reference: string, root: unknown): boolean {
  let at = root;
  for (const step of reference.replace("#/", "").split("/")) {
    at = (at as Record<string, unknown> | undefined)?.[step];
  }
  return at !== undefined;
}
