"""What a canonical line means: the pair that every loader must see, whatever form it was exported in."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

Message = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """A pair as chat templates take it: messages with a text each, and arguments of calls as objects."""

    prompt: list[Message]
    chosen: Message
    rejected: Message
    tools: list[dict[str, Any]]


def read_lines(path: Path) -> list[Any]:
    """The values of a file of JSON Lines; only a line feed ends a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a canonical file."""
    return [pair_of(example) for example in read_lines(path)]


def pair_of(example: dict[str, Any]) -> Pair:
    """The pair that a canonical line means."""
    return Pair(
        prompt=[message_of(message) for message in example["input"]["messages"]],
        chosen=message_of(example["preferred_output"][0]),
        rejected=message_of(example["non_preferred_output"][0]),
        tools=example["input"].get("tools") or [],
    )


def message_of(message: Message) -> Message:
    """Role and text of a message, its calls and the call that it answers."""
    plain: Message = {"role": message["role"], "content": text_of(message)}
    if message.get("tool_calls"):
        plain["tool_calls"] = [call_of(call) for call in message["tool_calls"]]
    if message["role"] == "tool":
        plain["tool_call_id"] = message["tool_call_id"]
    return plain


def text_of(message: Message) -> str:
    """The text of a message: its parts joined, a refusal where there is nothing else."""
    content = message.get("content")
    if isinstance(content, list):
        return "".join(part.get("text", part.get("refusal", "")) for part in content)
    return content or message.get("refusal") or ""


def call_of(call: dict[str, Any]) -> dict[str, Any]:
    """A call whose arguments are an object."""
    name, arguments = call["function"]["name"], call["function"]["arguments"]
    given = json.loads(arguments) if isinstance(arguments, str) else arguments
    return {"id": call["id"], "type": "function", "function": {"name": name, "arguments": given}}


def uses_calls(pair: Pair) -> bool:
    """Whether a message of the pair calls a tool or holds a result."""
    return any("tool_calls" in message or message["role"] == "tool" for message in messages_of(pair))


def messages_of(pair: Pair) -> Iterator[Message]:
    """Every message of a pair."""
    yield from [*pair.prompt, pair.chosen, pair.rejected]
