"""TRL's trainers complete three steps with a finite loss on our exports, with a tiny random model on the CPU."""

import math
import tempfile
from pathlib import Path
from typing import Any

from datasets import load_dataset
from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer, SFTConfig, SFTTrainer

from exports import Fixture, fixtures
from report import check, checking, skip, versions
from tiny_model import save_tiny_model, tiny_tokenizer

STEPS = 3
TRAINERS: dict[str, tuple[Any, Any]] = {
    "trl": (DPOTrainer, DPOConfig),
    "trl-implicit": (DPOTrainer, DPOConfig),
    "trl-standard": (DPOTrainer, DPOConfig),
    "kto": (KTOTrainer, KTOConfig),
    "sft": (SFTTrainer, SFTConfig),
}


def train(target: str, path: Path, folder: Path) -> tuple[list[float], int]:
    """The loss of each step, and how many rows the trainer kept."""
    form = "parquet" if path.suffix == ".parquet" else "json"
    rows = load_dataset(form, data_files=str(path), split="train", cache_dir=str(folder / "cache"))
    trainer_of, config_of = TRAINERS[target]
    config = config_of(
        output_dir=str(folder / "out"),
        max_steps=STEPS,
        per_device_train_batch_size=2,
        max_length=4096,
        learning_rate=1e-3,
        logging_steps=1,
        save_strategy="no",
        report_to="none",
        use_cpu=True,
        bf16=False,
        seed=42,
        disable_tqdm=True,
    )
    trainer = trainer_of(model=str(folder / "model"), args=config, train_dataset=rows)
    trainer.train()
    losses = [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]
    return losses, len(trainer.train_dataset)


def problem_of_training(target: str, losses: list[float], kept: int, rows: int) -> str | None:
    """What is wrong with a training, if anything."""
    if kept != rows:
        return f"the trainer kept {kept} of {rows} rows"
    if len(losses) != STEPS or not all(map(math.isfinite, losses)):
        return f"losses {losses}"
    # A policy that is still its reference has a loss of ln 2, if both answers are there and apart.
    if target.startswith("trl") and abs(losses[0] - math.log(2)) > 1e-3:
        return f"the first loss is {losses[0]}, not ln 2"
    if target.startswith("trl") and losses[-1] == losses[0]:
        return f"the loss stays {losses[0]}: nothing is learned"
    return None


def check_file(fixture: Fixture, target: str, path: Path, folder: Path) -> None:
    """Trains on a file of a fixture."""
    name = f"training: {fixture.name}, {target} {path.suffix[1:]}, {TRAINERS[target][0].__name__}"
    with checking(name):
        losses, kept = train(target, path, folder)
        rows = len([line for line in fixture.lines(target).read_text("utf-8").split("\n") if line])
        shown = ", ".join(f"{loss:.4f}" for loss in losses)
        check(name, problem_of_training(target, losses, kept, rows), f"{kept} rows; losses {shown}")


def main() -> None:
    """Trains on each form of every fixture."""
    versions("trl", "torch", "transformers", "accelerate")
    texts = [fixture.lines("sft").read_text("utf-8") for fixture in fixtures()]
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        save_tiny_model(folder / "model", tiny_tokenizer(texts))
        for fixture in fixtures():
            if fixture.name.startswith("real-"):
                skip(f"training: {fixture.name}", "long texts take minutes on a CPU; the suite trl compares its pairs")
                continue
            for target in TRAINERS:
                for path in (fixture.lines(target), fixture.table(target)):
                    if path.exists():
                        check_file(fixture, target, path, folder)


main()
