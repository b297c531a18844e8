import type { IncomingMessage } from "node:http";
import { type Exchange, json, Refusal } from "./exchange.ts";
import type { Repository, State } from "./hub-state.ts";
import { commitOf, filesAt, listTree, pathsInfo, resolveFile } from "./read-dataset.ts";
import { createRepository, lfsBatch, preupload, takeCommit } from "./write-dataset.ts";

/** Answers as the Hub. */
export async function answerHub(state: State, exchange: Exchange): Promise<void> {
  const { url, request } = exchange;
  if (url.pathname === "/api/repos/create") {
    return createRepository(state, exchange);
  }
  const [, name, action, rest = ""] =
    /^(?:\/api)?\/datasets\/([^/]+\/[^/]+?)(?:\.git)?\/(revision|tree|paths-info|resolve|preupload|commit|info)\/(.*)$/u.exec(
      url.pathname,
    ) ?? [];
  const repository = findRepository(state, request, name!);
  const [first, ...others] = rest.split("/");
  const revision = decodeURIComponent(first!);
  const path = others.map(decodeURIComponent).join("/");
  switch (action) {
    case "revision": {
      const sha = commitOf(repository, revision);
      return json(exchange, { _id: "1", id: name, sha, private: false, gated: repository.gated ?? false });
    }
    case "tree":
      return listTree(state, exchange, { files: filesAt(repository, revision), path });
    case "paths-info":
      return pathsInfo(state, exchange, filesAt(repository, revision));
    case "resolve":
      return resolveFile(state, exchange, filesAt(repository, revision).get(path));
    case "preupload":
      return preupload(state, exchange);
    case "info":
      return lfsBatch(state, exchange);
    default:
      return takeCommit(state, exchange, { repository, branch: revision });
  }
}

function findRepository(state: State, request: IncomingMessage, name: string): Repository {
  const token = request.headers.authorization?.replace("Bearer ", "");
  const tokens = new Map(Object.entries(state.options.tokens ?? { hf_good: true }));
  if (token !== undefined && !tokens.has(token)) {
    throw new Refusal(401, "Invalid credentials in Authorization header");
  }
  const mayAll = token !== undefined && tokens.get(token) === true;
  const repository = state.repositories.get(name);
  if (repository === undefined || (repository.private === true && !mayAll)) {
    throw new Refusal(token === undefined ? 401 : 404, "Repository not found", "RepoNotFound");
  }
  // What is in a gated dataset may be listed by all.
  if (repository.gated === true && !mayAll && request.url!.includes("/resolve/")) {
    throw new Refusal(
      token === undefined ? 401 : 403,
      `Access to dataset ${name} is restricted`,
      "GatedRepo",
    );
  }
  if (request.method === "POST" && !request.url!.includes("paths-info") && !mayAll) {
    throw new Refusal(token === undefined ? 401 : 403, "You don't have the rights to write");
  }
  return repository;
}
