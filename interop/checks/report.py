"""Lines that run.py counts: `ok`, `not ok` and `skip`, in the manner of TAP."""

import importlib.metadata
import traceback
from contextlib import contextmanager
from typing import Iterator


def ok(name: str, note: str = "") -> None:
    """A check that held; the note says what else was seen."""
    print(f"ok - {name}{f'  # {note}' if note else ''}", flush=True)


def not_ok(name: str, problem: str) -> None:
    """A check that did not hold."""
    print(f"not ok - {name}: {problem}", flush=True)


def skip(name: str, reason: str) -> None:
    """A check that was not made, and why."""
    print(f"skip - {name}: {reason}", flush=True)


def check(name: str, problem: str | None, note: str = "") -> None:
    """Tells a check by the problem that it found."""
    ok(name, note) if problem is None else not_ok(name, problem)


@contextmanager
def checking(name: str) -> Iterator[None]:
    """Tells an exception of a loader as a check that failed."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever a loader throws is what is looked for
        traceback.print_exc()
        not_ok(name, f"{type(error).__name__}: {str(error)[:300]}")


def versions(*packages: str) -> None:
    """Prints the versions that are checked."""
    found = [f"{name} {importlib.metadata.version(name)}" for name in packages]
    print(f"versions: {', '.join(found)}", flush=True)
