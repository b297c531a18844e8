"""
Exports fixtures with `dpo export` and loads the files with the loaders of trainers.

    python interop/run.py [--with llamafactory,axolotl|all] [--only datasets,trl] [--venvs FOLDER]

Needs a built `dpo` (npm run build), Node and Python 3.11 or later. Ends with `N passed, N failed, N skipped`; the exit
code is 1 if anything failed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DPO = ["node", str(ROOT / "apps" / "cli" / "bin" / "dpo.js")]
TARGETS = (
    "sft trl trl-implicit trl-standard kto llama-factory llama-factory-alpaca axolotl ms-swift nemo-rl openpipe "
    "vertex nova sagemaker openai azure together fireworks"
).split()
CALLING = ("numbers",)
"""Fixtures in which every pair calls a tool: targets without calls hold none of them."""
CALL_TARGETS = "sft trl trl-implicit kto llama-factory ms-swift openpipe openai azure together".split()
REAL_FILES = (
    "pairwise/anthropics+hh-rlhf/harmless-base/test.jsonl.gz",
    "pairwise/hiyouga+LLaMA-Factory/data/dpo_zh_demo.json",
)


@dataclass(frozen=True)
class Suite:
    """A script of checks, and the environment that it runs in."""

    name: str
    script: str
    requirements: str
    is_optional: bool = False
    source: str | None = None
    """The environment variable that names a checkout of the trainer, where a registry has none."""


SUITES = (
    Suite("datasets", "check_datasets.py", "requirements.txt"),
    Suite("trl", "check_trl.py", "requirements.txt"),
    Suite("training", "check_training.py", "requirements.txt"),
    Suite("providers", "check_providers.py", "requirements.txt"),
    Suite("together-1", "check_together_1.py", "requirements/together-1.txt", is_optional=True),
    Suite("llamafactory", "check_llama_factory.py", "requirements/llamafactory.txt", is_optional=True),
    Suite("ms-swift", "check_ms_swift.py", "requirements/ms-swift.txt", is_optional=True),
    Suite("axolotl", "check_axolotl.py", "requirements/axolotl.txt", is_optional=True),
    Suite("vertex", "check_vertex.py", "requirements/vertex.txt", is_optional=True),
    Suite("nemo-rl", "check_nemo_rl.py", "requirements/nemo-rl.txt", is_optional=True, source="NEMO_RL_SOURCE"),
)


def arguments() -> argparse.Namespace:
    """The options of the command line."""
    names = ", ".join(suite.name for suite in SUITES if suite.is_optional)
    parser = argparse.ArgumentParser(description="Loads exports with the loaders of trainers.")
    parser.add_argument("--with", dest="installs", default="", help=f"install these too, or all: {names}")
    parser.add_argument("--only", default="", help="run these suites only")
    parser.add_argument(
        "--venvs", type=Path, default=ROOT / "node_modules" / ".cache" / "dpo-interop", help="where environments are"
    )
    return parser.parse_args()


def environment_of(suite: Suite, venvs: Path, installs: set[str]) -> tuple[Path | None, str]:
    """The Python of a suite, installed if it may be, and why there is none."""
    if suite.source is not None and not os.environ.get(suite.source):
        return None, f"{suite.source} does not name a checkout"
    requirements = HERE / suite.requirements
    folder = venvs / ("core" if not suite.requirements.startswith("requirements/") else suite.name)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    installed = folder / "requirements.txt"
    if installed.exists() and installed.read_bytes() == requirements.read_bytes():
        return python, ""
    if suite.is_optional and not installs & {suite.name, "all"}:
        return None, f"not installed; add --with {suite.name}"
    print(f"installing {suite.requirements} into {folder}", flush=True)
    venv.create(folder, with_pip=True, clear=True)
    pip = [str(python), "-m", "pip", "install", "--quiet"]
    wanted = requirements.read_text(encoding="utf-8")
    bare = [line.removeprefix("# no-deps: ") for line in wanted.splitlines() if line.startswith("# no-deps: ")]
    for command in ([*pip, "-r", str(requirements)], *([*pip, "--no-deps", name] for name in bare)):
        if subprocess.run(command).returncode != 0:
            return None, f"pip could not install {suite.requirements}"
    shutil.copy(requirements, installed)
    return python, ""


def export(canonical: Path, folder: Path) -> None:
    """Exports a canonical file for every target, as JSON Lines and as Parquet."""
    folder.mkdir(parents=True)
    shutil.copy(canonical, folder / "canonical.jsonl")
    for form, extra in (("jsonl", []), ("parquet", ["--parquet"])):
        targets = CALL_TARGETS if canonical.stem in CALLING else TARGETS
        command = [*DPO, "export", str(folder / "canonical.jsonl"), "--to", ",".join(targets)]
        done = subprocess.run([*command, "-o", str(folder / form), *extra], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"dpo export failed for {canonical}:\n{done.stdout}{done.stderr}")
        for table in (folder / "parquet").glob("*/*.jsonl"):
            table.unlink()  # targets without a table are the same lines again


def real_files(folder: Path) -> list[Path]:
    """Canonical files of real ones, where DPO_REAL_DATA names their folder."""
    data = os.environ.get("DPO_REAL_DATA")
    if not data:
        print("skip - real data: DPO_REAL_DATA does not name a folder of real files")
        return []
    made = []
    for name in REAL_FILES:
        made.append(folder / f"real-{len(made) + 1}.jsonl")
        command = [*DPO, "convert", str(Path(data) / name), "-o", str(made[-1]), "--limit", "200", "--quiet", "--allow-rejects", "10"]
        subprocess.run(command, check=True)
    return made


def run(suite: Suite, python: Path, folder: Path) -> Counter[str]:
    """Runs the checks of a suite and counts them."""
    quiet = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1", "TRANSFORMERS_VERBOSITY": "error"}
    counts: Counter[str] = Counter()
    log = folder.parent / f"{suite.name}.log"
    command = [str(python), str(HERE / "checks" / suite.script), str(folder)]
    with log.open("w") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env={**os.environ, **quiet}, cwd=folder.parent
        )
        for line in process.stdout:
            kind = next((kind for kind in ("ok", "not ok", "skip", "versions") if line.startswith(kind)), None)
            counts[kind or ""] += 1
            if kind is not None:
                print(f"  {line.rstrip()}", flush=True)
    if process.wait() != 0 or counts["ok"] + counts["not ok"] + counts["skip"] == 0:
        print(f"  not ok - {suite.name}: ended with {process.returncode}\n{log.read_text()[-2000:]}")
        counts["not ok"] += 1
    return counts


def main() -> int:
    """Exports, runs every suite that is installed, and tells the counts."""
    options = arguments()
    only, installs = (set(filter(None, names.split(","))) for names in (options.only, options.installs))
    unknown = (only | installs) - {suite.name for suite in SUITES} - {"all"}
    if unknown:
        sys.exit(f"no such suite: {', '.join(sorted(unknown))}")
    if not (ROOT / "apps" / "cli" / "dist" / "bin.js").exists():
        sys.exit("dpo is not built: npm run build")
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as work:
        made = sorted((HERE / "fixtures").glob("*.jsonl")) + real_files(Path(work))
        for canonical in made:
            export(canonical, Path(work) / "exports" / canonical.stem)
        for suite in SUITES:
            if only and suite.name not in only:
                continue
            print(f"{suite.name}", flush=True)
            python, reason = environment_of(suite, options.venvs, installs)
            if python is None:
                kind = "not ok" if reason.startswith("pip") else "skip"
                print(f"  {kind} - {suite.name}: {reason}")
                total[kind] += 1
            else:
                total += run(suite, python, Path(work) / "exports")
    print(f"{total['ok']} passed, {total['not ok']} failed, {total['skip']} skipped")
    return 1 if total["not ok"] else 0


if __name__ == "__main__":
    sys.exit(main())
