import type { MarkFamily } from "./text-mark.ts";

/**
 * Keys by the beginnings their issuers gave them, so that they can be found: as the rules of
 * https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml (read on 2026-11-23). Lengths are bounded
 * above, so that no text takes long.
 */
const keys: readonly (readonly [id: string, title: string, wanted: RegExp])[] = [
  ["private-key", "a private key", /-----BEGIN (?:[A-Z]{1,12} ){0,3}PRIVATE KEY/u],
  ["anthropic-key", "a key of Anthropic", /\bsk-ant-[\w-]{20,200}/u],
  // Random ones hold a digit or a capital; names of classes and files that begin alike do not.
  [
    "openai-key",
    "a key of OpenAI",
    /\bsk-(?:proj-|svcacct-|admin-)?(?!ant-)(?=[\w-]{0,200}[A-Z\d])\w[\w-]{19,200}/u,
  ],
  ["aws-key", "a key of AWS", /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/u],
  ["github-token", "a token of GitHub", /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{82})/u],
  ["gitlab-token", "a token of GitLab", /\bglpat-[\w-]{20}/u],
  ["google-key", "a key of Google", /\bAIza[\w-]{35}/u],
  ["hugging-face-token", "a token of Hugging Face", /\bhf_[A-Za-z]{34}\b/u],
  ["slack-token", "a token of Slack", /\bxox[abeprs]-[A-Za-z0-9-]{10,200}/u],
  ["stripe-key", "a key of Stripe", /\b[rs]k_live_[A-Za-z0-9]{10,99}/u],
  ["json-web-token", "a JSON Web Token", /\beyJ[\w-]{14,500}\.eyJ[\w-]{14,500}\.[\w-]{10,500}/u],
];

export const secretMarks: MarkFamily = {
  // The letters that stand before the - or _ of the keys above; engines look for short classes much faster than for
  // a list of words.
  hint: /[srhax][kpousrftabe][-_][\w-]{2}|-BEGIN |A[KSBC][IC]A|AIza|eyJ/u,
  marks: keys.map(([id, title, wanted]) => ({
    id,
    code: "AUDIT_SECRET",
    title,
    find(text) {
      const found = wanted.exec(text)?.[0];
      return found === undefined ? undefined : maskSecret(found);
    },
  })),
};

/** A secret as it may be shown: its first four characters, and how long it is. */
export function maskSecret(secret: string): string {
  return `${secret.slice(0, 4)}… (${secret.length} characters)`;
}
