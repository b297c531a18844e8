import { type Call, Refusal } from "./call.ts";

/** Throws a `Refusal` for a value that is not as documented; `at` is where it stands. */
export type Check = (value: unknown, at: string) => void;

/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** An object of JSON that has a name. */
export type NamedObject = JsonObject & { readonly id: string };

function wrongType(at: string, expected: string, value: unknown): Refusal {
  const found = value === null ? "null" : Array.isArray(value) ? "an array" : `a ${typeof value}`;
  return new Refusal(400, `Invalid type for '${at}': expected ${expected}, but got ${found} instead.`, {
    param: at,
    code: "invalid_type",
  });
}

function wrongValue(at: string, message: string): Refusal {
  return new Refusal(400, `Invalid '${at}': ${message}.`, { param: at, code: "invalid_value" });
}

/** Text of so many characters, of a certain form. */
export function text({ min = 0, max = Infinity, form = /(?:)/u }: TextLimits = {}): Check {
  return (value, at) => {
    if (typeof value !== "string") {
      throw wrongType(at, "a string", value);
    }
    if (value.length < min || value.length > max) {
      throw wrongValue(at, `string of ${value.length} characters, expected ${min} to ${max}`);
    }
    if (!form.test(value)) {
      throw wrongValue(at, `expected a string that fits ${form.source}`);
    }
  };
}

interface TextLimits {
  min?: number;
  max?: number;
  form?: RegExp;
}

/** A number within limits. */
export function number(limits: NumberLimits): Check {
  const { above = -Infinity, below = Infinity, min = -Infinity, max = Infinity, isWhole = false } = limits;
  return (value, at) => {
    if (typeof value !== "number" || (isWhole && !Number.isInteger(value))) {
      throw wrongType(at, isWhole ? "an integer" : "a number", value);
    }
    if (value <= above || value >= below || value < min || value > max) {
      const bounds = Object.entries(limits).map(([name, limit]) => `${name} ${limit}`);
      throw wrongValue(at, `${value} is out of range, expected a value with ${bounds.join(", ")}`);
    }
  };
}

interface NumberLimits {
  /** Exclusive. */
  above?: number;
  /** Exclusive. */
  below?: number;
  min?: number;
  max?: number;
  isWhole?: boolean;
}

/** True or false. */
export const boolean: Check = (value, at) => {
  if (typeof value !== "boolean") {
    throw wrongType(at, "a boolean", value);
  }
};

/** One of these values. */
export function oneOf(...values: readonly unknown[]): Check {
  return (value, at) => {
    if (!values.includes(value)) {
      throw wrongValue(at, `value must be one of ${values.map((one) => `'${one}'`).join(", ")}`);
    }
  };
}

/** `auto`, or what the check lets through. */
export function autoOr(check: Check): Check {
  return (value, at) => value === "auto" || check(value, at);
}

/** Null, or what the check lets through. */
export function nullOr(check: Check): Check {
  return (value, at) => value === null || check(value, at);
}

/** A list of so many. */
export function list(check: Check, max: number = Infinity): Check {
  return (value, at) => {
    if (!Array.isArray(value)) {
      throw wrongType(at, "an array", value);
    }
    if (value.length > max) {
      throw wrongValue(at, `array of ${value.length} items, expected ${max} at most`);
    }
    value.forEach((item, index) => {
      check(item, `${at}[${index}]`);
    });
  };
}

/** An object with these keys, of which the ones in `optional` may be missing, and no others. */
export function object(required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  const checks = new Map([...Object.entries(required), ...Object.entries(optional)]);
  return (value, at) => {
    const entries = Object.entries(requireObject(value, at));
    const prefix = at === "" ? "" : `${at}.`;
    for (const [key, item] of entries) {
      const check = checks.get(key);
      if (check === undefined) {
        throw new Refusal(400, `Unknown parameter: '${prefix}${key}'.`, {
          param: `${prefix}${key}`,
          code: "unknown_parameter",
        });
      }
      check(item, `${prefix}${key}`);
    }
    const missing = Object.keys(required).find((key) => !Object.hasOwn(value as object, key));
    if (missing !== undefined) {
      throw new Refusal(400, `Missing required parameter: '${prefix}${missing}'.`, {
        param: `${prefix}${missing}`,
        code: "missing_required_parameter",
      });
    }
  };
}

/** An object from any keys to texts: at most 16 pairs of 64 and 512 characters. */
export const metadata: Check = (value, at) => {
  const entries = Object.entries(requireObject(value, at));
  if (entries.length > 16) {
    throw wrongValue(at, `object of ${entries.length} properties, expected 16 at most`);
  }
  for (const [key, item] of entries) {
    text({ max: 64 })(key, `${at} key`);
    text({ max: 512 })(item, `${at}.${key}`);
  }
};

function requireObject(value: unknown, at: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw wrongType(at, "an object", value);
  }
  return value as JsonObject;
}

/** The body of a request as JSON that was checked. */
export function jsonBody({ headers, body }: Call, check: Check): JsonObject {
  if (!/^application\/json\b/u.test(headers["content-type"] ?? "")) {
    throw new Refusal(400, `Unsupported content type: '${headers["content-type"]}'. Use 'application/json'.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new Refusal(400, "We could not parse the JSON body of your request.");
  }
  check(value, "");
  return value as JsonObject;
}

/** The query of a request: these names and no others, each at most once. */
export function queryOf({ url }: Call, ...names: readonly string[]): Record<string, string> {
  for (const name of url.searchParams.keys()) {
    if (!names.includes(name) || url.searchParams.getAll(name).length > 1) {
      throw new Refusal(400, `Unknown query parameter: '${name}'.`, {
        param: name,
        code: "unknown_parameter",
      });
    }
  }
  return Object.fromEntries(url.searchParams);
}

/** A request that has no body. */
export function noBody({ body }: Call): void {
  if (body.length > 0 && body.toString() !== "{}") {
    throw new Refusal(400, "This request takes no body.");
  }
}
