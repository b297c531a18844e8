import { targets } from "@dpo-kit/schema";
import { z } from "zod";
import type { OptionDeclaration } from "../options/option-declaration.ts";
import { columnRoles, OptionRefusal, type OptionValue, readOption } from "../options/parse-option.ts";
import { splitNames } from "../options/parse-splits.ts";

/**
 * What a recipe takes for an option: the text that the flag takes, or what YAML has for it: numbers, true and false,
 * lists, maps of roles and shares. It becomes what the flag becomes.
 */
export function optionSchema(option: OptionDeclaration): z.ZodType<OptionValue> {
  return shapeOf(option)
    .transform((value, context): OptionValue => {
      try {
        return optionValueOf(option, value);
      } catch (error) {
        if (!(error instanceof OptionRefusal)) {
          throw error;
        }
        context.addIssue({ code: "custom", message: `takes ${error.takes}`, input: value });
        return z.NEVER;
      }
    })
    .meta({ description: option.description });
}

const texts = z.array(z.string()).min(1);

function shapeOf(option: OptionDeclaration): z.ZodType<unknown> {
  switch (option.type) {
    case "flag":
      return oneOf([z.boolean(), z.enum(["true", "false"])], "true or false");
    case "choice":
      return z.enum(option.choices as string[], { error: `takes ${option.choices!.join(", ")}` });
    case "integer":
    case "bytes":
    case "shardSize":
    case "allowance":
    case "margin":
    case "share":
      return oneOf([z.number(), z.string()], "a number, or a text such as its flag takes");
    case "columns":
      return z.strictObject(optional(Object.keys(columnRoles), z.string("takes the name of a column")), {
        error: "takes roles and columns: { prompt: question, preferred: best }",
      });
    case "splits":
      return z.strictObject(optional(splitNames, oneOf([z.number(), z.string()], "a share, or a number")), {
        error: "takes files and shares: { train: 0.9, validation: 0.1 }",
      });
    case "targets": {
      const names = z.enum(targets.map(({ id }) => id));
      return oneOf([z.array(names).min(1), z.string()], `a list of ${names.options.join(", ")}`);
    }
    case "exports": {
      const names = z.enum(option.choices as string[]);
      return oneOf([z.array(names).min(1), z.string()], `a list of ${names.options.join(", ")}`);
    }
    case "names":
    case "paths":
      return oneOf([texts, z.string()], "a text, or a list of texts");
    default:
      return z.string("takes a text; put it in quotes");
  }
}

function oneOf(shapes: readonly [z.ZodType, z.ZodType], takes: string): z.ZodType<unknown> {
  return z.union(shapes, { error: `takes ${takes}` });
}

function optional(names: readonly string[], schema: z.ZodType): Record<string, z.ZodType> {
  return Object.fromEntries(names.map((name) => [name, schema.exactOptional()]));
}

function optionValueOf(option: OptionDeclaration, value: unknown): OptionValue {
  const { type } = option;
  if (type === "columns") {
    return columnsOf(value as Readonly<Record<string, string>>);
  }
  if ((type === "names" || type === "paths") && Array.isArray(value)) {
    return value as string[];
  }
  if (type === "splits") {
    const shares = Object.entries(value as object).map(([name, share]) => `${name}=${share}`);
    return readOption(option, shares.join(","));
  }
  return readOption(option, Array.isArray(value) ? value.join(",") : String(value));
}

/** The names of columns may hold anything, so that they are not put into one text. */
function columnsOf(value: Readonly<Record<string, string>>): OptionValue {
  const roles = Object.entries(value).map(([spelled, column]) => ({ role: columnRoles[spelled]!, column }));
  const [columns, named] = [roles.map(({ column }) => column), roles.map(({ role }) => role)];
  if (roles.length === 0 || columns.includes("") || new Set(columns).size < columns.length) {
    throw new OptionRefusal("another column for each role", columns.join(", "));
  }
  if (new Set(named).size < named.length) {
    throw new OptionRefusal("one column for each role", columns.join(", "));
  }
  return Object.fromEntries(roles.map(({ role, column }) => [role, column]));
}
