"""The checks that providers' own Python packages make before an upload."""

from pathlib import Path
from typing import Any

from openai.types.chat import ChatCompletionAssistantMessageParam, ChatCompletionMessageParam
from openai.types.chat import ChatCompletionFunctionToolParam
from pydantic import TypeAdapter
from together.lib.utils import check_file

from canonical import read_lines
from exports import fixtures
from report import check, checking, skip, versions

MESSAGES = TypeAdapter(list[ChatCompletionMessageParam])
ANSWERS = TypeAdapter(list[ChatCompletionAssistantMessageParam])
TOOLS = TypeAdapter(list[ChatCompletionFunctionToolParam])


def typed(row: dict[str, Any]) -> None:
    """Holds the messages and tools of a row to the types of OpenAI's package."""
    given = row.get("input", row)
    rejected = [row["rejected_message"]] if "rejected_message" in row else []
    walk(MESSAGES.validate_python(given["messages"]))
    walk(TOOLS.validate_python(given.get("tools") or []))
    walk(ANSWERS.validate_python([*row.get("preferred_output", []), *row.get("non_preferred_output", []), *rejected]))


def walk(value: Any) -> None:
    """Looks at all of a value: pydantic checks what is iterable only when it is read."""
    if isinstance(value, dict):
        walk(value.values())
    elif not isinstance(value, (str, int, float, type(None))):
        for item in value:
            walk(item)


def check_together(name: str, path: Path) -> None:
    """Holds a file to what `together files check` looks at."""
    with checking(name):
        report = check_file(path)
        check(name, None if report["is_check_passed"] else report["message"], f"{report['num_samples']} samples")


def main() -> None:
    """Checks the flavours of providers."""
    versions("together", "openai", "pydantic")
    for fixture in fixtures():
        for target in ("together", "sft"):
            check_together(f"together files check: {fixture.name}, {target}", fixture.lines(target))
        for target in ("openai", "azure", "together", "fireworks", "sft", "openpipe"):
            name = f"openai.types.chat: {fixture.name}, {target}"
            if fixture.lines(target).exists():
                with checking(name):
                    rows = read_lines(fixture.lines(target))
                    for row in rows:
                        typed(row)
                    check(name, None, f"{len(rows)} rows")
    skip("openai: check of a whole file", "its package has none since version 1; the types of its messages are used")


main()
