/** Invents ids for tool calls that have none, and remembers which calls are still to be answered. */
export class CallIds {
  readonly #taken: ReadonlySet<string>;
  #next: number;
  /** The open calls: the function of each by its id, and their ids by function. In the order of the calls. */
  readonly #open = new Map<string, string>();
  readonly #openOf = new Map<string, Set<string>>();

  /** `taken` are the ids that stand in the data; `first` is the number of the first invented id. */
  constructor(taken: ReadonlySet<string>, first: number) {
    this.#taken = taken;
    this.#next = first;
  }

  /** The number that the next invented id would have. */
  get next(): number {
    return this.#next;
  }

  /** `call_1`, `call_2` and so on, passing over ids that stand in the data. */
  invent(): string {
    let id = `call_${this.#next}`;
    while (this.#taken.has(id)) {
      this.#next += 1;
      id = `call_${this.#next}`;
    }
    this.#next += 1;
    return id;
  }

  /** A call was made and waits for its answer. */
  opened(id: string, name: string): void {
    this.answered(id);
    this.#open.set(id, name);
    const same = this.#openOf.get(name) ?? new Set();
    this.#openOf.set(name, same.add(id));
  }

  /** An answer that names its call. */
  answered(id: string): void {
    const name = this.#open.get(id);
    if (name !== undefined) {
      this.#open.delete(id);
      this.#openOf.get(name)?.delete(id);
    }
  }

  /** The call that an answer without an id belongs to: the first open one of that function, else the first. */
  answer(name: string | undefined): string | undefined {
    const [ofName] = (name === undefined ? undefined : this.#openOf.get(name)) ?? [];
    const [first] = this.#open.keys();
    const id = ofName ?? first;
    if (id !== undefined) {
      this.answered(id);
    }
    return id;
  }
}
