import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { withLoopbackServer } from "@dpo-kit/testkit";

/** A dataset as a {@link withHubServer} server begins with it. */
export interface ServedDataset {
  files: Record<string, string | Uint8Array>;
  /** Its files are read by those accounts only. */
  gated?: boolean;
  /** Not even said to be there, without a token. */
  private?: boolean;
}

/** Something that goes wrong, once, with the first request that it fits. */
export interface Fault {
  /** Fits `hub GET /path?query` or `store GET /path`. */
  on: RegExp;
  /** Answers this instead. */
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Breaks the connection after so many bytes of the body. */
  cutAfter?: number;
  /** The content bears this ETag. */
  etag?: string;
  /** Sends everything, whatever part is asked for. */
  ignoresRange?: boolean;
}

export interface HubServerOptions {
  datasets: Record<string, ServedDataset>;
  /** Tokens of accounts, and whether they may read what is gated or private, and write. Default: `hf_good`. */
  tokens?: Record<string, boolean>;
  faults?: Fault[];
  /** Entries on a page of a listing. Default: 1000. */
  pageSize?: number;
  /** Files from this size on are kept in the store. Default: 100 bytes. */
  storedFrom?: number;
  /** Uploads to the store are cut into parts of this size, in bytes. Default: none. */
  partSize?: number;
}

export interface LoggedRequest {
  /** `hub GET /path`. */
  line: string;
  authorization: string | undefined;
  range: string | undefined;
  ifRange: string | undefined;
  /** Bytes of content that were sent. */
  sent: number;
}

export interface HubServer {
  endpoint: string;
  log: LoggedRequest[];
  /** Takes further faults, and datasets' state. */
  faults: Fault[];
  head(dataset: string, branch?: string): string;
  /** The files at the head of a branch. */
  files(dataset: string, branch?: string): Map<string, Buffer>;
  /** Adds a commit, as another person would. */
  commit(dataset: string, files: Record<string, string>): string;
}

interface Repository extends Omit<ServedDataset, "files"> {
  branches: Map<string, string>;
  commits: Map<string, Map<string, Buffer>>;
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  entry: LoggedRequest;
  fault: Fault | undefined;
}

/** Answers with an error as the Hub does. */
class Refusal extends Error {
  readonly status: number;
  readonly reason: string | undefined;
  constructor(status: number, message: string, reason?: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

/**
 * Runs `use` beside a real HTTP server that speaks the Hub's API as `@huggingface/hub` uses it, and a store on
 * another port that it redirects to.
 */
export async function withHubServer<T>(
  options: HubServerOptions,
  use: (server: HubServer) => Promise<T>,
): Promise<T> {
  const state = createState(options);
  const storeHandler = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    handle(state, "store", { request, response });
  return withLoopbackServer(storeHandler, (store) => {
    state.storeOrigin = store.origin;
    const hubHandler = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
      handle(state, "hub", { request, response });
    return withLoopbackServer(hubHandler, (hub) => {
      state.hubOrigin = hub.origin;
      return use({
        endpoint: hub.origin,
        log: state.log,
        faults: state.faults,
        head: (dataset, branch = "main") => state.repositories.get(dataset)!.branches.get(branch)!,
        files: (dataset, branch = "main") => headFiles(state.repositories.get(dataset)!, branch),
        commit(dataset, files) {
          const repository = state.repositories.get(dataset)!;
          return addCommit(
            repository,
            "main",
            new Map([...headFiles(repository, "main"), ...buffers(files)]),
          );
        },
      });
    });
  });
}

interface State {
  options: HubServerOptions;
  repositories: Map<string, Repository>;
  /** Contents by SHA-256. */
  store: Map<string, Buffer>;
  parts: Map<string, Buffer>;
  log: LoggedRequest[];
  faults: Fault[];
  hubOrigin: string;
  storeOrigin: string;
}

function createState(options: HubServerOptions): State {
  const repositories = new Map<string, Repository>();
  for (const [name, { files, ...access }] of Object.entries(options.datasets)) {
    const repository = { ...access, branches: new Map(), commits: new Map() };
    addCommit(repository, "main", buffers(files));
    repositories.set(name, repository);
  }
  return {
    options,
    repositories,
    store: new Map(),
    parts: new Map(),
    log: [],
    faults: options.faults ?? [],
    hubOrigin: "",
    storeOrigin: "",
  };
}

function buffers(files: Record<string, string | Uint8Array>): Map<string, Buffer> {
  return new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content as string)]));
}

function headFiles(repository: Repository, branch: string): Map<string, Buffer> {
  return repository.commits.get(repository.branches.get(branch)!)!;
}

function addCommit(repository: Repository, branch: string, files: Map<string, Buffer>): string {
  const hash = createHash("sha1").update(repository.branches.get(branch) ?? "");
  for (const [path, content] of files) {
    hash.update(path).update(content);
  }
  const sha = hash.digest("hex");
  repository.commits.set(sha, files);
  repository.branches.set(branch, sha);
  return sha;
}

async function handle(
  state: State,
  server: "hub" | "store",
  { request, response }: Pick<Exchange, "request" | "response">,
): Promise<void> {
  const url = new URL(request.url!, server === "hub" ? state.hubOrigin : state.storeOrigin);
  const line = `${server} ${request.method} ${request.url}`;
  const { authorization, range } = request.headers;
  const entry = { line, authorization, range, ifRange: request.headers["if-range"] as string, sent: 0 };
  state.log.push(entry);
  const at = state.faults.findIndex(({ on }) => on.test(line));
  const [fault] = at === -1 ? [] : state.faults.splice(at, 1);
  const exchange = { request, response, url, entry, fault };
  if (fault?.status !== undefined) {
    response.writeHead(fault.status, fault.headers).end(fault.body);
    return;
  }
  try {
    await (server === "hub" ? answerHub(state, exchange) : answerStore(state, exchange));
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    const { status, message, reason } = error;
    response
      .writeHead(status, {
        "content-type": "application/json",
        ...(reason === undefined ? {} : { "x-error-code": reason, "x-error-message": message }),
      })
      .end(JSON.stringify({ error: message }));
  }
}

async function answerHub(state: State, exchange: Exchange): Promise<void> {
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

function commitOf(repository: Repository, revision: string): string {
  const sha = repository.branches.get(revision) ?? revision;
  if (!repository.commits.has(sha)) {
    throw new Refusal(404, `Invalid rev id: ${revision}`, "RevisionNotFound");
  }
  return sha;
}

function filesAt(repository: Repository, revision: string): Map<string, Buffer> {
  return repository.commits.get(commitOf(repository, revision))!;
}

function json({ response }: Exchange, value: unknown): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(value));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isStored(state: State, content: Buffer): boolean {
  return content.length >= (state.options.storedFrom ?? 100);
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function entryOf(state: State, path: string, content: Buffer): object {
  const oid = sha256(content);
  const lfs = isStored(state, content) ? { lfs: { oid, size: content.length, pointerSize: 134 } } : {};
  return { type: "file", oid: oid.slice(0, 40), size: content.length, path, ...lfs };
}

function foldersOf(files: Map<string, Buffer>): Set<string> {
  const parts = [...files.keys()].map((path) => path.split("/").slice(0, -1));
  return new Set(parts.flatMap((folders) => folders.map((_, at) => folders.slice(0, at + 1).join("/"))));
}

function listTree(
  state: State,
  exchange: Exchange,
  { files, path }: { files: Map<string, Buffer>; path: string },
): void {
  const under = path === "" ? "" : `${path}/`;
  const folders = [...foldersOf(files)].map((folder) => ({
    type: "directory",
    oid: "0",
    size: 0,
    path: folder,
  }));
  const entries = [
    ...folders.filter((folder) => folder.path.startsWith(under)),
    ...[...files]
      .filter(([name]) => name.startsWith(under))
      .map(([name, content]) => entryOf(state, name, content)),
  ];
  if (path !== "" && entries.length === 0) {
    throw new Refusal(404, `${path} does not exist on "main"`, "EntryNotFound");
  }
  const { url, response } = exchange;
  const from = Number(url.searchParams.get("cursor") ?? 0);
  const to = from + (state.options.pageSize ?? 1000);
  if (to < entries.length) {
    url.searchParams.set("cursor", String(to));
    response.setHeader("link", `<${url.href}>; rel="next"`);
  }
  json(exchange, entries.slice(from, to));
}

async function pathsInfo(state: State, exchange: Exchange, files: Map<string, Buffer>): Promise<void> {
  const { paths } = JSON.parse((await bodyOf(exchange.request)).toString()) as { paths: string[] };
  const folders = foldersOf(files);
  const found = paths.flatMap((path) => {
    const content = files.get(path);
    const folder = folders.has(path) ? [{ type: "directory", oid: "0", size: 0, path }] : [];
    return content === undefined ? folder : [entryOf(state, path, content)];
  });
  json(exchange, found);
}

/** Small files are sent by the Hub itself; of large ones it tells where the store keeps them. */
function resolveFile(state: State, exchange: Exchange, content: Buffer | undefined): void {
  if (content === undefined) {
    throw new Refusal(404, "Entry not found", "EntryNotFound");
  }
  const oid = sha256(content);
  if (!isStored(state, content)) {
    sendContent(exchange, content);
    return;
  }
  state.store.set(oid, content);
  const location = `${state.storeOrigin}/objects/${oid}?signature=secret`;
  exchange.response.writeHead(302, { location, "x-linked-etag": `"${oid}"` }).end();
}

function sendContent({ request, response, entry, fault }: Exchange, content: Buffer): void {
  const etag = fault?.etag ?? `"${sha256(content)}"`;
  const asked = /^bytes=(\d+)-(\d*)$/u.exec(request.headers.range ?? "");
  const ifRange = request.headers["if-range"];
  let part = content;
  response.setHeader("etag", etag);
  if (asked !== null && fault?.ignoresRange !== true && (ifRange === undefined || ifRange === etag)) {
    const start = Number(asked[1]);
    part = content.subarray(start, asked[2] === "" ? content.length : Number(asked[2]) + 1);
    response.statusCode = 206;
    response.setHeader("content-range", `bytes ${start}-${start + part.length - 1}/${content.length}`);
  }
  response.setHeader("content-length", part.length);
  if (fault?.cutAfter === undefined) {
    entry.sent = part.length;
    response.end(part);
    return;
  }
  const head = part.subarray(0, fault.cutAfter);
  entry.sent = head.length;
  // Ends the stream of bytes, so that what was written arrives, before the length that was promised.
  response.write(head, () => response.socket?.end());
}

async function answerStore(state: State, exchange: Exchange): Promise<void> {
  const { request, response, url } = exchange;
  const [, action, oid = "", part] = url.pathname.split("/");
  if (action === "objects") {
    const content = state.store.get(oid);
    if (content === undefined || url.searchParams.get("signature") !== "secret") {
      throw new Refusal(403, "Request has expired");
    }
    return sendContent(exchange, content);
  }
  const body = await bodyOf(request);
  if (action === "complete") {
    const { parts } = JSON.parse(body.toString()) as { parts: { partNumber: number }[] };
    state.store.set(
      oid,
      Buffer.concat(parts.map(({ partNumber }) => state.parts.get(`${oid}/${partNumber}`)!)),
    );
  } else if (part !== undefined) {
    state.parts.set(`${oid}/${Number(part)}`, body);
  } else {
    state.store.set(oid, body);
  }
  response.writeHead(200, { etag: `"${sha256(body)}"` }).end("{}");
}

async function preupload(state: State, exchange: Exchange): Promise<void> {
  const { files } = JSON.parse((await bodyOf(exchange.request)).toString()) as {
    files: { path: string; size: number }[];
  };
  const modes = files.map(({ path, size }) => ({
    path,
    uploadMode: size >= (state.options.storedFrom ?? 100) ? "lfs" : "regular",
  }));
  json(exchange, { files: modes });
}

async function lfsBatch(state: State, exchange: Exchange): Promise<void> {
  const { objects } = JSON.parse((await bodyOf(exchange.request)).toString()) as {
    objects: { oid: string; size: number }[];
  };
  const answers = objects.map(({ oid, size }) =>
    state.store.has(oid) ? { oid, size } : { oid, size, actions: { upload: uploadOf(state, oid, size) } },
  );
  json(exchange, {
    transfer: state.options.partSize === undefined ? "basic" : "multipart",
    objects: answers,
  });
}

function uploadOf(state: State, oid: string, size: number): object {
  const { partSize } = state.options;
  if (partSize === undefined) {
    return { href: `${state.storeOrigin}/upload/${oid}?signature=secret` };
  }
  const parts = Array.from({ length: Math.ceil(size / partSize) }, (_, at) => {
    const number = String(at + 1).padStart(5, "0");
    return [number, `${state.storeOrigin}/upload/${oid}/${number}?signature=secret`];
  });
  const header = { chunk_size: String(partSize), ...Object.fromEntries(parts) };
  return { href: `${state.storeOrigin}/complete/${oid}`, header };
}

type CommitLine =
  | { key: "header"; value: { summary: string; parentCommit?: string } }
  | { key: "file"; value: { path: string; content: string } }
  | { key: "lfsFile"; value: { path: string; oid: string; size: number } };

async function takeCommit(
  state: State,
  exchange: Exchange,
  { repository, branch }: { repository: Repository; branch: string },
): Promise<void> {
  const text = (await bodyOf(exchange.request)).toString();
  const lines = text.split("\n").map((line) => JSON.parse(line) as CommitLine);
  const files = new Map(headFiles(repository, branch));
  for (const { key, value } of lines) {
    if (key === "header" && value.parentCommit !== repository.branches.get(branch)) {
      throw new Refusal(412, "A commit has happened since. Please refresh and try again.");
    } else if (key === "file") {
      files.set(value.path, Buffer.from(value.content, "base64"));
    } else if (key === "lfsFile") {
      const content = state.store.get(value.oid);
      if (content === undefined || sha256(content) !== value.oid || content.length !== value.size) {
        throw new Refusal(400, `${value.path} was not uploaded`);
      }
      files.set(value.path, content);
    }
  }
  const sha = addCommit(repository, branch, files);
  json(exchange, {
    success: true,
    commitOid: sha,
    commitUrl: `${state.hubOrigin}/commit/${sha}`,
    hookOutput: "",
  });
}

async function createRepository(state: State, exchange: Exchange): Promise<void> {
  const body = JSON.parse((await bodyOf(exchange.request)).toString()) as Record<string, string>;
  const name = `${body.organization}/${body.name}`;
  if (exchange.request.headers.authorization === undefined) {
    throw new Refusal(401, "Invalid username or password.");
  }
  const repository: Repository = {
    private: body.visibility === "private",
    branches: new Map(),
    commits: new Map(),
  };
  addCommit(repository, "main", new Map([[".gitattributes", Buffer.from("")]]));
  state.repositories.set(name, repository);
  json(exchange, { url: `${state.hubOrigin}/datasets/${name}`, id: "1" });
}
