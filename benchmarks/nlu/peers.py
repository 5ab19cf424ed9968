"""Rasa as a contender: jobs for its own environment, each answer kept by the digest of its question."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks.nlu.tasks import Task

SIDE = Path(__file__).parent / "rasa_side.py"
CONFIG = Path(__file__).parents[2] / "nlu" / "engines" / "rasa" / "config.yml"
DIET = {"name": "DIETClassifier", "entity_recognition": False, "constrain_similarities": True, "ranking_length": 0,
        "random_seed": 7}
ROUNDS, SHOWN, LARGE = (5, 100), 128_000, 5_000
"""How many rounds Rasa's network learns: a hundred of a small set, of a larger one as many as show it so many
sentences, and few of one that has more than ``LARGE``: each takes as many steps as ten of a small one, and after three
of them it reads 97 of 100 of our own sentences as they are taught."""


def config(classifier: str, language: str, sentences: int) -> dict[str, Any]:
    """The pipeline we ship, for another language, and with Rasa's own network as its classifier when asked."""
    found: dict[str, Any] = YAML(typ="safe").load(CONFIG.read_text("utf-8"))
    found["language"] = language
    pipeline = found["pipeline"]
    if language != "zh":
        pipeline[0] = {"name": "WhitespaceTokenizer"}
    if classifier.startswith("diet"):
        few, many = ROUNDS
        pipeline[-1] = DIET | {"epochs": few if sentences > LARGE else min(many, round(SHOWN / sentences))}
    return found


def run(python: Path, classifier: str, task: Task, kept: Path, make: bool = True) -> dict[str, Any] | None:
    """What Rasa made of a task: ``rankings``, ``ms``, ``train_seconds``, ``train_cpu``, ``model_mb``, ``peak_mb``.

    None when there is no kept answer and none is to be made.
    """
    job = {"config": config(classifier, task.language, len(task.train)), "train": task.train, "read": task.texts}
    body = json.dumps(job, ensure_ascii=False, sort_keys=True)
    name = f"{classifier}-{task.name.replace(' ', '-')}-{hashlib.sha256(body.encode()).hexdigest()[:12]}"
    question, answer = kept / f"{name}.job.json", kept / f"{name}.json"
    if not answer.exists() and not make:
        return None
    if not answer.exists():
        kept.mkdir(parents=True, exist_ok=True)
        question.write_text(body, "utf-8")
        subprocess.run([python, SIDE, question, answer], check=True, stdout=subprocess.DEVNULL)
    found: dict[str, Any] = json.loads(answer.read_text("utf-8"))
    return found
