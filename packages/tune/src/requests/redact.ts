/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/**
 * Makes a function that takes secrets out of texts of a provider: keys, whatever looks like one, and addresses that
 * carry a signature in their query or user name.
 *
 * @param secrets what must never be seen; empty ones are passed over.
 */
export function createRedact(secrets: readonly string[]): Redact {
  // Longer ones first: one may hold another.
  const known = secrets.filter((secret) => secret !== "").sort((a, b) => b.length - a.length);
  return (text) => {
    const withoutKnown = known.reduce((rest, secret) => rest.replaceAll(secret, "[key]"), text);
    return withoutKnown.replace(signedAddress, redactAddress).replace(keyShapes, "[key]");
  };
}

const signedAddress = /\bhttps?:\/\/[^\s"'<>]+/giu;

function redactAddress(address: string): string {
  if (!/[?@#]/u.test(address)) {
    return address;
  }
  const host = /^https?:\/\/(?:[^/?#]*@)?([^/?#]*)/iu.exec(address)![1]!;
  return `https://${host}/[signed address]`;
}

/** Keys as providers make them (`sk-…`, `fw_…`, `tgp_…`), and those of authorization headers. */
const keyShapes = /\b(?:sk|rk)-[\w*-]{6,}|\b(?:fw|tgp|hf)_[\w-]{8,}|\bBearer\s+[^\s"',]{6,}/gu;
