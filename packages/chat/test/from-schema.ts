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

/** What a schema does not say of the values it allows. */
export interface SchemaHints {
  /** The texts that a member of this name most often has: ids that occur elsewhere, roles, types. */
  readonly texts?: Readonly<Record<string, readonly string[]>>;
  /** The members that are always there. Others that need not be there are there half of the time. */
  readonly always?: readonly string[];
  /** The names of members in objects of which the schema does not name them. */
  readonly keys?: readonly string[];
}

const MAXIMUM_DEPTH = 8;

const text = fc.oneof(fc.string(), fc.constantFrom("user", "assistant", "a", "b", ""));

const scalars: Record<string, fc.Arbitrary<unknown>> = {
  string: text,
  number: fc.double({ noNaN: true }),
  integer: fc.integer(),
  boolean: fc.boolean(),
  null: fc.constant(null),
};

/** Values that a JSON Schema allows. */
export function fromSchema(schema: Schema, hints: SchemaHints = {}): fc.Arbitrary<unknown> {
  return new SchemaReader(schema, hints).values(schema, { depth: 0, name: "" });
}

/** How deep a schema lies in the whole, and the name of the member it is of. */
interface Place {
  readonly depth: number;
  readonly name: string;
}

class SchemaReader {
  readonly #root: Schema;
  readonly #hints: SchemaHints;

  constructor(root: Schema, hints: SchemaHints) {
    this.#root = root;
    this.#hints = hints;
  }

  values(schema: Schema, place: Place): fc.Arbitrary<unknown> {
    if (place.depth > MAXIMUM_DEPTH) {
      return fc.constant(null);
    }
    if (schema.$ref !== undefined) {
      return this.values(this.#root.$defs?.[schema.$ref.replace("#/$defs/", "")] ?? {}, place);
    }
    if (schema.const !== undefined || schema.enum !== undefined) {
      return fc.constantFrom(...(schema.enum ?? [schema.const]));
    }
    const choices = schema.anyOf ?? schema.oneOf ?? typesOf(schema).map((type) => ({ ...schema, type }));
    return choices.length > 0
      ? fc.oneof(...choices.map((choice) => this.#weighted(choice, place)))
      : this.#ofType(schema, place);
  }

  /** What is always there is seldom null. */
  #weighted(choice: Schema, place: Place): { weight: number; arbitrary: fc.Arbitrary<unknown> } {
    const isWanted = choice.type !== "null" && this.#hints.always?.includes(place.name) === true;
    return { weight: isWanted ? 9 : 1, arbitrary: this.values(choice, place) };
  }

  #ofType(schema: Schema, { depth, name }: Place): fc.Arbitrary<unknown> {
    const { type = typeBy(schema), items = {} } = schema;
    if (type === "array") {
      return fc.array(this.values(items, { depth: depth + 1, name }), { maxLength: 4 });
    }
    if (type === "object") {
      return this.#objects(schema, depth + 1);
    }
    const known = this.#hints.texts?.[name];
    return type === "string" && known !== undefined
      ? fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: text })
      : (scalars[String(type)] ?? fc.jsonValue());
  }

  #objects(
    { properties, required = [], additionalProperties: others }: Schema,
    depth: number,
  ): fc.Arbitrary<unknown> {
    if (properties === undefined) {
      const { keys } = this.#hints;
      const key = keys === undefined ? fc.string() : fc.constantFrom(...keys);
      const schema = typeof others === "object" ? others : {};
      const size = keys === undefined ? "small" : "max";
      return fc.dictionary(key, this.values(schema, { depth, name: "" }), { maxKeys: 6, size });
    }
    const members = Object.entries(properties).map(
      ([name, member]) => [name, this.values(member, { depth, name })] as const,
    );
    const requiredKeys = [...required, ...(this.#hints.always ?? [])].filter((key) =>
      Object.hasOwn(properties, key),
    );
    return fc.record(Object.fromEntries(members), { requiredKeys: [...new Set(requiredKeys)] as never[] });
  }
}

function typesOf({ type }: Schema): readonly string[] {
  return Array.isArray(type) ? type : [];
}

/** The type that the other keywords tell. */
function typeBy({ items, properties }: Schema): string | undefined {
  return items !== undefined ? "array" : properties !== undefined ? "object" : undefined;
}
