"""Axolotl's strategy chat_template.default renders the prompt and the answers that were meant."""

import tempfile
from pathlib import Path
from typing import Any

from axolotl.prompt_strategies.dpo.chat_template import default
from datasets import load_dataset

from canonical import Message, Pair, uses_calls
from compare import problem_of
from exports import Fixture, fixtures
from report import check, checking, versions
from tiny_model import tiny_tokenizer

TOKENIZER = tiny_tokenizer(["Some words for a tokenizer of bytes."])
END = "<|end|>"


def rendered(messages: list[Message]) -> str:
    """Messages in the form of the tiny tokenizer's template."""
    return "".join(f"<|start|>{message['role']}\n{message['content']}{END}\n" for message in messages)


def meant(pair: Pair) -> dict[str, str]:
    """The texts that Axolotl trains on."""
    return {
        "prompt": rendered(pair.prompt) + "<|start|>assistant\n",
        "chosen": pair.chosen["content"] + END,
        "rejected": pair.rejected["content"] + END,
    }


def transformed(path: Path, cache: str) -> list[dict[str, Any]]:
    """The rows of a file after Axolotl's transformation."""
    config = {"datasets": [{"type": "chat_template.default"}], "chat_template": "tokenizer_default"}
    transform, options = default(config)
    rows = load_dataset("json", data_files=str(path), split="train", cache_dir=cache)
    return list(rows.map(lambda row: transform(row, tokenizer=TOKENIZER), **options))


def check_export(fixture: Fixture, cache: str) -> None:
    """Compares the rows of an export, which holds every pair without calls."""
    name = f"axolotl: {fixture.name}"
    pairs = [pair for pair in fixture.pairs if not uses_calls(pair)]
    with checking(name):
        found = transformed(fixture.lines("axolotl"), cache)
        check(name, problem_of([meant(pair) for pair in pairs], found), f"{len(found)} pairs")


def main() -> None:
    """Checks every fixture that the target holds something of."""
    versions("axolotl", "datasets", "transformers")
    with tempfile.TemporaryDirectory() as cache:
        for fixture in fixtures():
            if fixture.lines("axolotl").exists():
                check_export(fixture, cache)


main()
