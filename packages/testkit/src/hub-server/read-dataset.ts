import { bodyOf, type Exchange, json, Refusal } from "./exchange.ts";
import type { Repository, State } from "./hub-state.ts";
import { isStored, sha256 } from "./hub-state.ts";

/** The commit that a revision stands for. */
export function commitOf(repository: Repository, revision: string): string {
  const sha = repository.branches.get(revision) ?? revision;
  if (!repository.commits.has(sha)) {
    throw new Refusal(404, `Invalid rev id: ${revision}`, "RevisionNotFound");
  }
  return sha;
}

/** The files at a revision. */
export function filesAt(repository: Repository, revision: string): Map<string, Buffer> {
  return repository.commits.get(commitOf(repository, revision))!;
}

function entryOf(state: State, path: string, content: Buffer): object {
  const oid = sha256(content);
  const lfs = isStored(state, content.length) ? { lfs: { oid, size: content.length, pointerSize: 134 } } : {};
  return { type: "file", oid: oid.slice(0, 40), size: content.length, path, ...lfs };
}

function foldersOf(files: Map<string, Buffer>): Set<string> {
  const parts = [...files.keys()].map((path) => path.split("/").slice(0, -1));
  return new Set(parts.flatMap((folders) => folders.map((_, at) => folders.slice(0, at + 1).join("/"))));
}

/** A page of a listing. */
export function listTree(
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

/** What certain paths are. */
export async function pathsInfo(state: State, exchange: Exchange, files: Map<string, Buffer>): Promise<void> {
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
export function resolveFile(state: State, exchange: Exchange, content: Buffer | undefined): void {
  if (content === undefined) {
    throw new Refusal(404, "Entry not found", "EntryNotFound");
  }
  const oid = sha256(content);
  if (!isStored(state, content.length)) {
    sendContent(exchange, content);
    return;
  }
  state.store.set(oid, content);
  const location = `${state.storeOrigin}/objects/${oid}?signature=secret`;
  exchange.response.writeHead(302, { location, "x-linked-etag": `"${oid}"` }).end();
}

/** Sends a content, or the part that is asked for, as the fault has it. */
export function sendContent({ request, response, entry, fault }: Exchange, content: Buffer): void {
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
