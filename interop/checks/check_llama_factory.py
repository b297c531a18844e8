"""LLaMA-Factory's loader, with our dataset_info.json, gets the pair that was meant: system, turns, tools, answers."""

import json
import sys
import types
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

# Its plugins for media import torchaudio, which text does not need and which has no build for every torch.
sys.modules.setdefault("torchaudio", types.ModuleType("torchaudio")).__spec__ = ModuleSpec("torchaudio", None)

from llamafactory.data.loader import _get_merged_dataset  # noqa: E402
from llamafactory.hparams import DataArguments, ModelArguments  # noqa: E402
from transformers import TrainingArguments  # noqa: E402

from canonical import Message, Pair, uses_calls  # noqa: E402
from compare import problem_of  # noqa: E402
from exports import Fixture, fixtures  # noqa: E402
from report import check, checking, versions  # noqa: E402


def aligned(folder: Path) -> list[dict[str, Any]]:
    """The rows of `dpo_train` in LLaMA-Factory's own form, as its stage `rm` (that of DPO too) gets them."""
    data = DataArguments(dataset="dpo_train", dataset_dir=str(folder), overwrite_cache=True)
    model = ModelArguments(model_name_or_path="none")
    return list(_get_merged_dataset(["dpo_train"], model, data, TrainingArguments(report_to="none"), stage="rm"))


def turn_of(message: Message) -> Message:
    """A message as LLaMA-Factory has it: calls are JSON text of the role function, results of the role observation."""
    if "tool_calls" in message:
        calls = [call["function"] for call in message["tool_calls"]]
        return {"role": "function", "content": calls[0] if len(calls) == 1 else calls}
    role = "observation" if message["role"] == "tool" else message["role"]
    return {"role": role, "content": message["content"]}


def turns_of(messages: list[Message]) -> list[Message]:
    """Messages as turns: results that follow one another are one."""
    turns: list[Message] = []
    for turn in map(turn_of, messages):
        if turns and turns[-1]["role"] == turn["role"] == "observation":
            turns[-1]["content"] += "\n" + turn["content"]
        else:
            turns.append(turn)
    return turns


def meant(pair: Pair) -> dict[str, Any]:
    """A pair as LLaMA-Factory should have it."""
    system = [message["content"] for message in pair.prompt if message["role"] == "system"]
    return {
        "prompt": turns_of([message for message in pair.prompt if message["role"] != "system"]),
        "response": turns_of([pair.chosen]) + turns_of([pair.rejected]),
        "system": "\n".join(system),
        "tools": functions_of(pair.tools),
    }


def seen(row: dict[str, Any]) -> dict[str, Any]:
    """A row of LLaMA-Factory with the JSON texts in it read."""
    read = [
        [{**turn, "content": json.loads(turn["content"])} if turn["role"] == "function" else turn for turn in turns]
        for turns in (row["_prompt"], row["_response"])
    ]
    tools = json.loads(row["_tools"]) if row["_tools"] else []
    return {"prompt": read[0], "response": read[1], "system": row["_system"], "tools": functions_of(tools)}


def functions_of(tools: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Definitions without the wrapping `type`, which LLaMA-Factory's templates take off."""
    return [tool["function"] if tool.get("type") == "function" else tool for tool in tools]


def check_export(fixture: Fixture, target: str) -> None:
    """Compares the rows of an export; the Alpaca form holds no tools, and no pair with calls."""
    name = f"llamafactory: {fixture.name}, {target}"
    pairs = fixture.pairs
    if target.endswith("alpaca"):
        pairs = [Pair(pair.prompt, pair.chosen, pair.rejected, []) for pair in pairs if not uses_calls(pair)]
    with checking(name):
        found = [seen(row) for row in aligned(fixture.lines(target).parent)]
        check(name, problem_of([meant(pair) for pair in pairs], found), f"{len(found)} pairs")


def main() -> None:
    """Checks both forms."""
    versions("llamafactory", "datasets", "transformers")
    for fixture in fixtures():
        for target in ("llama-factory", "llama-factory-alpaca"):
            if fixture.lines(target).exists():
                check_export(fixture, target)


main()
