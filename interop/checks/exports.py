"""Where run.py put what `dpo export` wrote: `<folder>/<fixture>/{jsonl,parquet}/<target>/train.*`."""

import sys
from dataclasses import dataclass
from pathlib import Path

from canonical import Pair, read_lines, read_pairs


@dataclass(frozen=True)
class Fixture:
    """A canonical file and its exports."""

    name: str
    folder: Path

    @property
    def pairs(self) -> list[Pair]:
        """The pairs that the exports must hold."""
        return read_pairs(self.folder / "canonical.jsonl")

    def lines(self, target: str) -> Path:
        """The JSON Lines of a target."""
        return self.folder / "jsonl" / target / "train.jsonl"

    def table(self, target: str) -> Path:
        """The Parquet file of a target."""
        return self.folder / "parquet" / target / "train.parquet"

    def holds_all(self, target: str) -> bool:
        """Whether every pair is in the export of a target, as one row."""
        path = self.lines(target)
        return path.exists() and len(read_lines(path)) == len(self.pairs)


def fixtures() -> list[Fixture]:
    """Every fixture of the folder that the script was given, in the order of their names."""
    return [Fixture(path.name, path) for path in sorted(Path(sys.argv[1]).iterdir())]
