/** Numbers names in the order in which they first come. */
export class NameDictionary {
  names: string[] = [];
  #numbers = new Map<string, number>();

  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) {
      return known;
    }
    this.#numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  /** The names so far; the dictionary is empty after it. */
  take(): string[] {
    const { names } = this;
    this.names = [];
    this.#numbers = new Map();
    return names;
  }
}
