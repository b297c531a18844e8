const plainName = /^[A-Za-z_$][\w$-]*$/u;
const LONGEST_NAME = 100;

/**
 * The JSON path of a member: `input.messages`, `input["a b"]`. A very long name is cut, because paths are
 * shown to people. `base` is empty for the line itself.
 */
export function memberPath(base: string, key: string): string {
  const name = key.length > LONGEST_NAME ? `${key.slice(0, LONGEST_NAME)}…` : key;
  if (!plainName.test(name)) {
    return `${base}[${JSON.stringify(name)}]`;
  }
  return base === "" ? name : `${base}.${name}`;
}
