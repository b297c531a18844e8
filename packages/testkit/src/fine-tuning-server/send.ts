import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "./call.ts";
import type { FaultEffect } from "./faults.ts";

/** The whole body of a request. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Breaks the connection when some of the body has come. */
export async function breakDuringBody(request: IncomingMessage): Promise<void> {
  // The request loses its socket when reading stops.
  const { socket } = request;
  for await (const _ of request) {
    break;
  }
  socket.destroy();
}

/** Sends an answer as the fault has it; false where the connection is broken instead. */
export async function send(
  response: ServerResponse,
  { status, headers, body }: Answer,
  effect?: FaultEffect,
): Promise<boolean> {
  if (effect?.kind === "drop" && effect.when === "after-request") {
    response.destroy();
    return false;
  }
  const half = body.subarray(0, Math.ceil(body.length / 2));
  const content = effect?.kind === "malformed" ? half : body;
  response.writeHead(status, { ...headers, "content-length": content.length });
  if (effect?.kind === "drop") {
    response.write(half, () => response.destroy());
    return false;
  }
  if (effect?.kind === "stall") {
    response.write(half);
    return false;
  }
  if (effect?.kind === "trickle") {
    for (const byte of content) {
      await new Promise<unknown>((resolve) => response.write(Buffer.of(byte), resolve));
    }
    response.end();
  } else {
    response.end(content);
  }
  return true;
}
