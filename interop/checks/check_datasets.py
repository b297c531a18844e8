"""`datasets.load_dataset` sees the rows of every export, JSON Lines and Parquet, and nothing else."""

import math
import tempfile
from pathlib import Path
from typing import Any

from datasets import load_dataset

from canonical import read_lines
from compare import differences, shown, with_parsed_arguments, without_padding
from exports import fixtures
from report import checking, not_ok, ok, versions


def read(path: Path, cache: str) -> list[dict[str, Any]]:
    """The rows of a file as `datasets` sees them."""
    form = "parquet" if path.suffix == ".parquet" else "json"
    return list(load_dataset(form, data_files=str(path), split="train", cache_dir=cache))


def is_known(expected: Any, found: Any) -> bool:
    """
    What the JSON reader of `datasets` cannot hold: a number past the range of a float is null to it. The file has
    its digits, and Parquet keeps them.
    """
    return isinstance(expected, float) and math.isinf(expected) and found is None


def check_file(name: str, path: Path, rows: list[dict[str, Any]], cache: str) -> None:
    """Compares what is read from a file with the rows that were meant."""
    padded: set[str] = set()
    found = [without_padding(one, other, padded) for one, other in zip(read(path, cache), rows, strict=True)]
    if path.suffix == ".parquet":
        found = with_parsed_arguments(found)
    problems = list(differences(rows, found))
    unknown = [each for each in problems if not is_known(*each[1:])]
    if unknown:
        place, expected, seen = unknown[0]
        not_ok(name, f"{place}: expected {shown(expected)}, found {shown(seen)}; {len(unknown)} differences")
        return
    notes = [f"{len(rows)} rows"]
    notes += [f"null pads {', '.join(sorted(padded))}"] if padded else []
    notes += [f"{len(problems)} × 1e400 read as null, known"] if problems else []
    ok(name, "; ".join(notes))


def main() -> None:
    """Checks every file of every fixture."""
    versions("datasets", "pyarrow")
    with tempfile.TemporaryDirectory() as cache:
        for fixture in fixtures():
            for path in sorted(fixture.folder.glob("*/*/train.*")):
                name = f"datasets: {fixture.name}, {path.parent.name} {path.suffix[1:]}"
                with checking(name):
                    check_file(name, path, read_lines(fixture.lines(path.parent.name)), cache)


main()
