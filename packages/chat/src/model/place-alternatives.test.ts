import { describe, expect, it } from "vitest";
import type { MessageNode } from "./chat-node.ts";
import { type Position, placeAlternatives } from "./place-alternatives.ts";

function message(id: string, content = id): MessageNode {
  return { id, role: id.startsWith("u") ? "user" : "assistant", content };
}

function position(ids: readonly string[], selected = 0, parent?: string): Position {
  return { alternatives: ids.map((id) => [message(id)]), selected, parent };
}

function placesOf(positions: readonly Position[]): string[] {
  return placeAlternatives(positions).map(({ id, parent }) => `${id}<${parent}`);
}

describe("alternatives in place", () => {
  it("are siblings, and what follows hangs below the selected one", () => {
    const places = placesOf([position(["u1"]), position(["a1", "a2"], 1), position(["u2"])]);
    expect(places).toEqual(["u1<null", "a1<u1", "a2<u1", "u2<a2"]);
  });

  it("are left out where the assistant went on after the selected one", () => {
    const places = placesOf([position(["u1"]), position(["a1", "a2"]), position(["a3", "a4"])]);
    expect(places).toEqual(["u1<null", "a1<u1", "a3<a1", "a4<a1"]);
  });

  it("are left out where nothing says which one is selected", () => {
    expect(placesOf([position(["u1"]), position(["a1", "a2"], 7), position([]), position(["u2"])])).toEqual([
      "u1<null",
      "a2<u1",
      "u2<a2",
    ]);
  });

  it("are left out where they are empty and not selected", () => {
    const empty = { alternatives: [[message("a1", "")], [message("a2", " ")], [message("a3")]], selected: 0 };
    expect(placesOf([position(["u1"]), empty])).toEqual(["u1<null", "a1<u1", "a3<u1"]);
  });

  it("of a tree follow the message they name", () => {
    const positions = [
      position(["u1"]),
      position(["a1", "a2"]),
      position(["a3"], 0, "u1"),
      position(["u2"], 0, "a1"),
    ];
    expect(placesOf(positions)).toEqual(["u1<null", "a1<u1", "a2<u1", "a3<u1", "u2<a1"]);
  });
});
