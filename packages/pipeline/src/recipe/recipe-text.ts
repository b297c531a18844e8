/** A place in the text of a recipe. */
export interface RecipePlace {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** A value of a recipe, and where everything of it stands. */
export interface RecipeNode {
  /** Texts with their variables expanded; maps without a prototype. */
  readonly value: unknown;
  /** The same with the variables as they are written. */
  readonly asWritten: unknown;
  readonly place: RecipePlace;
  /** Of a map the places of its keys, and the values; of a list the values by their index. */
  readonly members: ReadonlyMap<string, { readonly keyPlace: RecipePlace; readonly node: RecipeNode }>;
  /** Of a text that stands in the file as it is: where its first character is. */
  readonly textPlace?: RecipePlace;
}

/** The node at a path, or the innermost one that is there. */
export function nodeAt(root: RecipeNode, path: readonly PropertyKey[]): RecipeNode {
  let node = root;
  for (const part of path) {
    const member = node.members.get(String(part));
    if (member === undefined) {
      return node;
    }
    node = member.node;
  }
  return node;
}
