import { Refusal } from "../call.ts";
import type { State } from "../state.ts";

/** Names and HTTP statuses of gRPC: https://cloud.google.com/apis/design/errors#handling_errors */
const statuses = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
} as const;

/** Refuses a request with one of gRPC's names for why. */
export function refuse(code: keyof typeof statuses, message: string): Refusal {
  return new Refusal(statuses[code], message, { code });
}

/** Refuses another account's paths. */
export function requireAccount(state: State, params: Readonly<Record<string, string>>): void {
  if (params.account !== state.account) {
    throw refuse("PERMISSION_DENIED", `no access to account ${params.account}`);
  }
}
