"""Exact comparison of JSON values, and the padding with null that column stores add."""

import json
from typing import Any, Iterator

Difference = tuple[str, Any, Any]


def differences(expected: Any, found: Any, path: str = "") -> Iterator[Difference]:
    """Each place where two values differ; 1, 1.0 and true are three different values."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in {**expected, **found}:
            yield from differences(expected.get(key, ...), found.get(key, ...), f"{path}.{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (one, other) in enumerate(zip(expected, found)):
            yield from differences(one, other, f"{path}[{index}]")
    elif type(expected) is not type(found) or expected != found:
        yield path or ".", expected, found


def problem_of(expected: Any, found: Any) -> str | None:
    """The first difference as a line, or none."""
    for path, one, other in differences(expected, found):
        return f"{path}: expected {shown(one)}, found {shown(other)}"
    return None


def shown(value: Any) -> str:
    """A value on one line, cut."""
    return "nothing" if value is ... else repr(value)[:160]


def without_padding(found: Any, expected: Any, padded: set[str], path: str = "") -> Any:
    """
    A value without the nulls that stand where the expected one has no member; their places are added to `padded`.
    A null that is expected stays.
    """
    if isinstance(expected, dict) and isinstance(found, dict):
        kept = {}
        for key, value in found.items():
            if key not in expected and value is None:
                padded.add(f"{path}.{key}".lstrip("."))
            else:
                kept[key] = without_padding(value, expected.get(key), padded, f"{path}.{key}")
        return kept
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return [without_padding(one, other, padded, f"{path}[]") for one, other in zip(found, expected)]
    return found


def with_parsed_arguments(value: Any) -> Any:
    """A row whose arguments of calls are objects, also where a table holds them as text."""
    if isinstance(value, list):
        return [with_parsed_arguments(item) for item in value]
    if not isinstance(value, dict):
        return value
    parsed = {key: with_parsed_arguments(item) for key, item in value.items()}
    if isinstance(parsed.get("arguments"), str) and "name" in parsed:
        parsed["arguments"] = json.loads(parsed["arguments"])
    return parsed
