"""ms-swift's dataset loader and template inputs hold the pair that was meant, on both sides."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

CACHE = tempfile.mkdtemp()
os.environ["MODELSCOPE_CACHE"] = CACHE

from swift.dataset import load_dataset  # noqa: E402
from swift.template.template_inputs import StdTemplateInputs, TemplateInputs  # noqa: E402

from canonical import Message, Pair  # noqa: E402
from compare import problem_of  # noqa: E402
from exports import Fixture, fixtures  # noqa: E402
from report import check, checking, versions  # noqa: E402


def turns_of(message: Message) -> list[Message]:
    """A message as ms-swift has it: each call is a message of its own, after the text."""
    if "tool_calls" not in message:
        return [{"role": message["role"], "content": message["content"]}]
    spoken = [{"role": "assistant", "content": message["content"]}] if message["content"].strip() else []
    return spoken + [{"role": "tool_call", "content": call["function"]} for call in message["tool_calls"]]


def meant(pair: Pair) -> dict[str, Any]:
    """A pair as the template should have it: two conversations, each with its system message and the tools."""
    return {"chosen": side_of(pair, pair.chosen), "rejected": side_of(pair, pair.rejected)}


def side_of(pair: Pair, answer: Message) -> dict[str, Any]:
    """One conversation; a leading system message is apart."""
    turns = [turn for message in [*pair.prompt, answer] for turn in turns_of(message)]
    system = turns.pop(0)["content"] if turns[0]["role"] == "system" else None
    return {"system": system, "messages": turns, "tools": pair.tools}


def seen(inputs: StdTemplateInputs) -> dict[str, Any]:
    """One side as the template has it, with the JSON text of calls read."""
    turns = [
        {"role": turn["role"], "content": json.loads(turn["content"]) if turn["role"] == "tool_call" else turn["content"]}
        for turn in inputs.messages
    ]
    return {"system": inputs.system, "messages": turns, "tools": inputs.tools or []}


def loaded(path: Path) -> list[dict[str, Any]]:
    """Both sides of every row that the loader keeps; rows that it refuses are dropped, as in a training."""
    rows, _ = load_dataset(str(path), use_hf=True, load_from_cache_file=False)
    inputs = [TemplateInputs.from_dict({k: v for k, v in row.items() if v is not None}) for row in rows]
    return [{"chosen": seen(each.chosen), "rejected": seen(each.rejected)} for each in inputs]


def check_export(fixture: Fixture) -> None:
    """Compares the rows of an export."""
    name = f"ms-swift: {fixture.name}"
    with checking(name):
        found = loaded(fixture.lines("ms-swift"))
        check(name, problem_of([meant(pair) for pair in fixture.pairs], found), f"{len(found)} pairs")


def main() -> None:
    """Checks every fixture."""
    versions("ms-swift", "datasets", "transformers")
    for fixture in fixtures():
        check_export(fixture)


main()
