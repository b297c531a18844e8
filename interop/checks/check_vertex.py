"""Google's own types take the rows of Vertex, and hold the pair that was meant."""

from typing import Any

from google.genai.types import Content, GeminiPreferenceExample

from canonical import Pair, read_lines, uses_calls
from compare import problem_of
from exports import Fixture, fixtures
from report import check, checking, versions


def text_of(content: Content) -> str:
    """The text of a turn, its parts joined."""
    return "".join(part.text for part in content.parts)


def seen(row: dict[str, Any]) -> dict[str, Any]:
    """A row through the types; system_instruction, which the documentation has, is not in the type of an example."""
    rest = dict(row)
    system = rest.pop("system_instruction", None)
    example = GeminiPreferenceExample.model_validate(rest)
    scores = {each.score: text_of(each.completion) for each in example.completions}
    return {
        "system": text_of(Content.model_validate(system)) if system else "",
        "turns": [(turn.role, text_of(turn)) for turn in example.contents],
        "scores": scores,
    }


def meant(pair: Pair) -> dict[str, Any]:
    """A pair as Gemini has it."""
    roles = {"user": "user", "assistant": "model"}
    turns = [message for message in pair.prompt if message["role"] != "system"]
    return {
        "system": "".join(message["content"] for message in pair.prompt if message["role"] == "system"),
        "turns": [(roles[message["role"]], message["content"]) for message in turns],
        "scores": {1.0: pair.chosen["content"], 0.0: pair.rejected["content"]},
    }


def check_export(fixture: Fixture) -> None:
    """Compares the rows of an export, which holds every pair without calls."""
    name = f"vertex: {fixture.name}"
    pairs = [pair for pair in fixture.pairs if not uses_calls(pair)]
    with checking(name):
        found = [seen(row) for row in read_lines(fixture.lines("vertex"))]
        check(name, problem_of([meant(pair) for pair in pairs], found), f"{len(found)} pairs")


def main() -> None:
    """Checks every fixture that the target holds something of."""
    versions("google-genai")
    for fixture in fixtures():
        if fixture.lines("vertex").exists():
            check_export(fixture)


main()
