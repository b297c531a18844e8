/** Invents ids for tool calls that have none, and remembers which calls are still to be answered. */
export class CallIds {
  readonly #taken: ReadonlySet<string>;
  #next: number;
  #open: { id: string; name: string }[] = [];

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
    this.#open.push({ id, name });
  }

  /** An answer that names its call. */
  answered(id: string): void {
    this.#open = this.#open.filter((call) => call.id !== id);
  }

  /** The call that an answer without an id belongs to: the first open one of that function, else the first. */
  answer(name: string | undefined): string | undefined {
    const call = this.#open.find((each) => each.name === name) ?? this.#open[0];
    if (call !== undefined) {
      this.answered(call.id);
    }
    return call?.id;
  }
}
