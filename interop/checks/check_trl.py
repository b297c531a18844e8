"""TRL's own functions see the pair that was meant: prompt, better and worse answer, tools."""

import json
import math
import tempfile
from pathlib import Path
from typing import Any

from datasets import Dataset, load_dataset
from trl.data_utils import apply_chat_template, is_conversational, maybe_extract_prompt, unpair_preference_dataset

from canonical import Pair, read_lines
from compare import problem_of, with_parsed_arguments, without_padding
from exports import Fixture, fixtures
from report import check, checking, skip, versions
from tiny_model import tiny_tokenizer

Row = dict[str, Any]


def read(path: Path, cache: str) -> Dataset:
    """The rows of a file as TRL gets them."""
    form = "parquet" if path.suffix == ".parquet" else "json"
    return load_dataset(form, data_files=str(path), split="train", cache_dir=cache)


def seen(row: Row) -> Row:
    """A row as TRL's trainers take it apart: tools parsed, the nulls of `datasets` left out."""
    bare = {key: value for key, value in row.items() if value is not None}
    for key in ("prompt", "chosen", "rejected", "completion"):
        if isinstance(bare.get(key), list):
            bare[key] = [{k: v for k, v in message.items() if v is not None} for message in bare[key]]
    return {**with_parsed_arguments(bare), "tools": json.loads(bare.get("tools", "[]"))}


def meant(pair: Pair) -> Row:
    """The row of an explicit pair."""
    return {"prompt": pair.prompt, "chosen": [pair.chosen], "rejected": [pair.rejected], "tools": pair.tools}


def past_float(value: Any) -> Any:
    """A value in which numbers past the range of a float are null, as the JSON reader of `datasets` has them."""
    if isinstance(value, float) and math.isinf(value):
        return None
    if isinstance(value, dict):
        return {key: past_float(item) for key, item in value.items()}
    return [past_float(item) for item in value] if isinstance(value, list) else value


def rendered(row: Row) -> Row:
    """A row as its chat template renders it."""
    parts = {key: row[key] for key in ("prompt", "chosen", "rejected")}
    return apply_chat_template(parts, TOKENIZER, tools=row["tools"])


def conversational_problem(row: Row, pair: Pair, is_table: bool) -> str | None:
    """What TRL sees otherwise in a conversational row."""
    expected = meant(pair) if is_table else past_float(meant(pair))
    if not is_conversational(row):
        return "is_conversational is false"
    # Trainers drop the nulls of a table through their templates; extraction compares messages as they are.
    extracted = {**row, **maybe_extract_prompt(row)}
    found = seen(extracted)
    return problem_of(expected, found) or problem_of(rendered(expected), rendered(found))


def standard_problem(row: Row, pair: Pair) -> str | None:
    """What TRL sees otherwise in a row of texts."""
    texts = {"prompt": pair.prompt[0], "chosen": pair.chosen, "rejected": pair.rejected}
    if is_conversational(row):
        return "is_conversational is true"
    return problem_of({key: message["content"] for key, message in texts.items()}, maybe_extract_prompt(row))


def check_pairs(fixture: Fixture, target: str, path: Path, cache: str) -> None:
    """Checks each row of a paired export."""
    name = f"trl: {fixture.name}, {target} {path.suffix[1:]}"
    if not fixture.holds_all(target):
        skip(name, "not every pair is in this export; check_datasets compares its rows")
        return
    with checking(name):
        rows = list(read(path, cache))
        is_table = path.suffix == ".parquet"
        problems = [
            standard_problem(row, pair)
            if target == "trl-standard"
            else conversational_problem(row, pair, is_table)
            for row, pair in zip(rows, fixture.pairs, strict=True)
        ]
        check(name, next(filter(None, problems), None), f"{len(rows)} pairs")


def check_unpaired(fixture: Fixture, path: Path, cache: str) -> None:
    """The unpaired export holds what TRL makes of the paired one, each row once."""
    name = f"trl: {fixture.name}, kto {path.suffix[1:]} = unpair_preference_dataset(trl)"
    with checking(name):
        paired = read(fixture.lines("trl") if path.suffix == ".jsonl" else fixture.table("trl"), cache)
        texts = [sorted_texts(rows) for rows in (unpair_preference_dataset(paired), read(path, cache))]
        check(name, problem_of(*texts), f"{len(texts[1])} rows")


def sorted_texts(rows: Dataset) -> list[str]:
    """Rows without nulls as sorted texts, each once."""
    return sorted({json.dumps(seen(row), sort_keys=True) for row in rows})


def main() -> None:
    """Checks every form of TRL, in both kinds of files."""
    versions("trl", "datasets", "transformers", "tokenizers")
    with tempfile.TemporaryDirectory() as cache:
        for fixture in fixtures():
            for target in ("trl", "trl-implicit", "trl-standard"):
                for path in (fixture.lines(target), fixture.table(target)):
                    if path.exists():
                        check_pairs(fixture, target, path, cache)
            for path in (fixture.lines("kto"), fixture.table("kto")):
                check_unpaired(fixture, path, cache)


TOKENIZER = tiny_tokenizer(["Some words for a tokenizer of bytes."])
main()
