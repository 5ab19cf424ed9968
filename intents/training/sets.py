"""What a recogniser is trained on: the files, those laid over them, what operators labelled; nothing golden."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core.errors import CitizenError
from intents.labels import accepted_labels
from intents.models import GoldenSentence, Label
from intents.training.keys import key_of
from nlu.training_data import Examples, load_examples

LEAST = 2
"""Intents below which there is nothing to tell apart, and sentences of each that training needs."""


class TooLittle(CitizenError):
    """There is not enough to train on: two intents with two sentences each are the least."""

    code = "too_little_to_train"
    status = 409


@dataclass(frozen=True)
class TrainingSet:
    """The sentences, and how they came together."""

    examples: Examples
    labels: int
    """How many came from operators' labels alone."""
    left_out: int
    """How many were left out because they are golden."""

    @property
    def sentences(self) -> int:
        """How many there are."""
        return sum(map(len, self.examples.by_intent.values()))


async def training_set(folders: list[Path], labelled: bool = True) -> TrainingSet:
    """Everything to train on now; without labels what a process trains on by itself while nothing is published.

    Raises `TooLittle`, `core.errors.ContentError`.
    """
    files = await asyncio.to_thread(load_examples, folders)
    labels = await asyncio.to_thread(_standing, files, await accepted_labels() if labelled else [])
    golden = set(await GoldenSentence.all().values_list("key", flat=True))
    made = await asyncio.to_thread(joined, files, labels, {str(key) for key in golden})
    if sum(len(texts) >= LEAST for texts in made.examples.by_intent.values()) < LEAST:
        raise TooLittle()
    return made


def _standing(files: Examples, labels: Iterable[Label]) -> list[tuple[str, str]]:
    """What labels say of sentences. What was exported is the files' to say; if they say nothing, as where they never
    came into force, the label stands until it is undone."""
    filed = {key_of(text) for text, _ in files.pairs()}
    return [(one.text, one.intent) for one in labels if one.exported_at is None or key_of(one.text) not in filed]


def joined(files: Examples, labels: Iterable[tuple[str, str]], golden: set[str]) -> TrainingSet:
    """Files and labels as one set. Where both know a sentence, the label says what it means, the latest one first."""
    meant = {key_of(text): (text, intent) for text, intent in labels}
    found: dict[str, dict[str, None]] = {}
    left_out = 0
    for text, intent in files.pairs():
        key = key_of(text)
        if key in golden:
            left_out += 1
        elif key not in meant or meant[key][1] == intent:
            meant.pop(key, None)
            found.setdefault(intent, {})[text] = None
    for key, (text, intent) in meant.items():
        if key in golden:
            left_out += 1
        else:
            found.setdefault(intent, {})[text] = None
    examples = Examples({intent: tuple(texts) for intent, texts in sorted(found.items())})
    return TrainingSet(examples, len(meant.keys() - golden), left_out)


def digest_of(examples: Examples, engine: str, recipe: str) -> str:
    """Names a recogniser exactly: the same sentences, engine and recipe make the same one."""
    return hashlib.sha256(f"{engine}\0{recipe}\0{examples.digest}".encode()).hexdigest()
