import fc from "fast-check";

/** The parts of JSON Schema that values are made from. */
export interface Schema {
  readonly $defs?: Record<string, Schema>;
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly properties?: Record<string, Schema>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

const MAXIMUM_DEPTH = 8;

const scalars: Record<string, fc.Arbitrary<unknown>> = {
  string: fc.oneof(fc.string(), fc.constantFrom("user", "assistant", "a", "b", "")),
  number: fc.double({ noNaN: true }),
  integer: fc.integer(),
  boolean: fc.boolean(),
  null: fc.constant(null),
};

/** Values that a JSON Schema allows. Members that need not be there are there half of the time. */
export function fromSchema(schema: Schema, root: Schema = schema, depth = 0): fc.Arbitrary<unknown> {
  if (depth > MAXIMUM_DEPTH) {
    return fc.constant(null);
  }
  if (schema.$ref !== undefined) {
    return fromSchema(root.$defs?.[schema.$ref.replace("#/$defs/", "")] ?? {}, root, depth);
  }
  if (schema.const !== undefined || schema.enum !== undefined) {
    return fc.constantFrom(...(schema.enum ?? [schema.const]));
  }
  const choices = schema.anyOf ?? schema.oneOf ?? typesOf(schema).map((type) => ({ ...schema, type }));
  return choices.length > 1
    ? fc.oneof(...choices.map((choice) => fromSchema(choice, root, depth)))
    : fromType(choices[0] ?? schema, root, depth);
}

function typesOf({ type }: Schema): readonly string[] {
  return Array.isArray(type) ? type : [];
}

function fromType(schema: Schema, root: Schema, depth: number): fc.Arbitrary<unknown> {
  if (schema.type === "array" || schema.items !== undefined) {
    return fc.array(fromSchema(schema.items ?? {}, root, depth + 1), { maxLength: 4 });
  }
  const { properties, additionalProperties: others } = schema;
  if (properties === undefined && typeof others === "object") {
    return fc.dictionary(fc.string(), fromSchema(others, root, depth + 1), { maxKeys: 4 });
  }
  if (properties === undefined) {
    return scalars[String(schema.type)] ?? fc.jsonValue();
  }
  const members = Object.entries(properties).map(([key, member]) => [
    key,
    fromSchema(member, root, depth + 1),
  ]);
  const requiredKeys = (schema.required ?? []).filter((key) => Object.hasOwn(properties, key));
  return fc.record(Object.fromEntries(members), { requiredKeys: requiredKeys as never[] });
}
