"""NeMo RL's PreferenceDataset and its processor make the two conversations that were meant."""

import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, os.environ["NEMO_RL_SOURCE"])

from nemo_rl.data.datasets.preference_datasets.preference_dataset import PreferenceDataset  # noqa: E402
from nemo_rl.data.interfaces import TaskDataSpec  # noqa: E402
from nemo_rl.data.processors import preference_preprocessor  # noqa: E402

from canonical import Message, Pair, uses_calls  # noqa: E402
from compare import problem_of  # noqa: E402
from exports import Fixture, fixtures  # noqa: E402
from report import check, checking, versions  # noqa: E402
from tiny_model import tiny_tokenizer  # noqa: E402

TOKENIZER = tiny_tokenizer(["Some words for a tokenizer of bytes."])


def rendered(messages: list[Message]) -> str:
    """A conversation as the template of the tiny tokenizer has it."""
    return TOKENIZER.apply_chat_template(messages, tokenize=False).rstrip("\n")


def meant(pair: Pair) -> dict[str, str]:
    """The two conversations of a pair."""
    return {"chosen": rendered([*pair.prompt, pair.chosen]), "rejected": rendered([*pair.prompt, pair.rejected])}


def processed(path: Path) -> list[dict[str, str]]:
    """The conversations of a file after NeMo RL's processor, each as one text."""
    rows: Any = PreferenceDataset(str(path)).dataset
    spec = TaskDataSpec(task_name="interop")
    data = [preference_preprocessor(row, spec, TOKENIZER, 65536, index) for index, row in enumerate(rows)]
    return [{side: text_of(each[f"message_log_{side}"]) for side in ("chosen", "rejected")} for each in data]


def text_of(log: list[dict[str, Any]]) -> str:
    """The texts of a log of messages, one after the other."""
    return "".join(message["content"] for message in log).rstrip("\n")


def check_export(fixture: Fixture) -> None:
    """Compares the rows of an export, which holds every pair without calls."""
    name = f"nemo-rl: {fixture.name}"
    pairs = [pair for pair in fixture.pairs if not uses_calls(pair)]
    with checking(name):
        found = processed(fixture.lines("nemo-rl"))
        check(name, problem_of([meant(pair) for pair in pairs], found), f"{len(found)} pairs")


def main() -> None:
    """Checks every fixture that the target holds something of."""
    versions("datasets", "transformers")
    for fixture in fixtures():
        if fixture.lines("nemo-rl").exists():
            check_export(fixture)


main()
