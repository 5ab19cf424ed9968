"""The words of Rasa's HTTP API, 3.x: what we send to train, and what its answers mean. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from core.errors import Garbled
from nlu.engine import Ranked
from nlu.normalise import has_words, normalise
from nlu.training_data import Examples

CONFIG = "config.yml"
"""The pipeline, beside this module."""
MODELS = "models"
"""Folder of models in the server's own folder; a model is named by its file there."""
LONGEST = 300
"""Characters beyond which Rasa is not asked: DIET's time grows with the square. 6,000 characters stop a server for half
a minute, and it answers nobody else meanwhile."""

BESIDE = "- intent: beside\n  examples: |\n    - 你好\n"
"""Rasa reads nothing of test data that is all of one intent."""


@dataclass(frozen=True)
class Status:
    """What a server is doing: the file name of the model it reads with (empty: none yet), and trainings under way."""

    model: str
    training: int


def training_body(examples: Examples) -> bytes:
    """Pipeline and sentences as one YAML document. Sentences are sent as they are read: normalised, without numbers
    of people."""
    pipeline = files(__package__).joinpath(CONFIG).read_text("utf-8")
    return f'{pipeline}\nversion: "3.1"\nnlu:\n{"".join(map(_block, examples.by_intent.items()))}'.encode()


def _block(entry: tuple[str, tuple[str, ...]]) -> str:
    intent, texts = entry
    plain = dict.fromkeys(as_sent(text) for text in texts)
    return f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {text}\n" for text in plain if text)


def reading_body(texts: Iterable[str]) -> bytes:
    """Sentences to read, as Rasa takes them: as test data, of two intents at least. What they mean is not told."""
    lines = "".join(f"    - {text}\n" for text in texts)
    return f'version: "3.1"\nnlu:\n- intent: to_read\n  examples: |\n{lines}{BESIDE}'.encode()


def why_not_sent(plain: str) -> str:
    """Why Rasa is not asked about a sentence as it would be sent; empty when it is."""
    if len(plain) > LONGEST:
        return "too_long"
    return "" if has_words(plain) else "no_words"


def as_sent(text: str) -> str:
    """A sentence for Rasa: normalised, on one line, without the square brackets that mark entities in its format."""
    return " ".join(normalise(text).replace("[", "(").replace("]", ")").split())


def ranking_of(answer: Any) -> tuple[Ranked, ...]:
    """The ranking of an answer of ``/model/parse``, best first, scores 0 to 1. Raises `Garbled`."""
    try:
        rows = [(str(one["name"]), float(one["confidence"])) for one in answer["intent_ranking"]]
    except (TypeError, KeyError, ValueError) as problem:
        raise Garbled("no ranking in the answer of /model/parse", why="no_ranking") from problem
    if not rows or not all(0.0 <= score <= 1.0 + 1e-6 for _, score in rows):
        raise Garbled("the ranking of /model/parse is empty or out of bounds", why="no_ranking")
    best_first = sorted(rows, key=lambda row: -row[1])
    return tuple(Ranked(intent, min(score, 1.0)) for intent, score in best_first)


def readings_of(answer: Any) -> dict[str, tuple[Ranked, ...]]:
    """Sentence as sent to the likeliest intent, of an answer of ``/model/test/intents``; nothing where it had none.
    Raises `Garbled`."""
    try:
        rows = answer["intent_evaluation"]["predictions"]
        return {
            str(one["text"]): (Ranked(str(one["predicted"]), float(one["confidence"])),) if one["predicted"] else ()
            for one in rows
        }
    except (TypeError, KeyError, ValueError) as problem:
        raise Garbled("no readings in the answer of /model/test/intents", why="no_readings") from problem


def status_of(answer: Any) -> Status:
    """The answer of ``/status``. Raises `Garbled`."""
    try:
        model = str(answer["model_file"] or "").rpartition("/")[2]
        return Status(model, int(answer["num_active_training_jobs"]))
    except (TypeError, KeyError, ValueError) as problem:
        raise Garbled("the answer of /status cannot be read", why="no_status") from problem
