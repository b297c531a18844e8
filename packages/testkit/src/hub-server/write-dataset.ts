import { bodyOf, type Exchange, json, Refusal } from "./exchange.ts";
import { addCommit, headFiles, isStored, type Repository, type State, sha256 } from "./hub-state.ts";

/** Says how each file is to be uploaded. */
export async function preupload(state: State, exchange: Exchange): Promise<void> {
  const { files } = JSON.parse((await bodyOf(exchange.request)).toString()) as {
    files: { path: string; size: number }[];
  };
  const modes = files.map(({ path, size }) => ({
    path,
    uploadMode: isStored(state, size) ? "lfs" : "regular",
  }));
  json(exchange, { files: modes });
}

/** Says where large files are to be uploaded. */
export async function lfsBatch(state: State, exchange: Exchange): Promise<void> {
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

/** Takes a commit on the head that it names. */
export async function takeCommit(
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
    } else if (key === "header") {
      repository.titles.push(value.summary);
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

/** Makes a dataset. */
export async function createRepository(state: State, exchange: Exchange): Promise<void> {
  const body = JSON.parse((await bodyOf(exchange.request)).toString()) as Record<string, string>;
  const name = `${body.organization}/${body.name}`;
  if (exchange.request.headers.authorization === undefined) {
    throw new Refusal(401, "Invalid username or password.");
  }
  const repository: Repository = {
    private: body.visibility === "private",
    branches: new Map(),
    commits: new Map(),
    titles: [],
  };
  addCommit(repository, "main", new Map([[".gitattributes", Buffer.from("")]]));
  state.repositories.set(name, repository);
  json(exchange, { url: `${state.hubOrigin}/datasets/${name}`, id: "1" });
}
