"""Every labelled sentence there is: from the files, and from the labels that are not in them yet."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from intents.data_checks import Known, Sentence
from intents.labels import accepted_labels
from intents.training.golden import golden_pairs
from nlu.training_data import load_examples

LABELS, GOLDEN = "labels", "golden"


def file_of(intent: str) -> str:
    """The file in which sentences of an intent stand: all kinds of what is out of scope in one."""
    return f"intents/utterances/{intent.partition('.')[0]}.yml"


@lru_cache(maxsize=4)
def _known(
    filed: tuple[tuple[str, str], ...], labelled: tuple[tuple[str, str], ...], golden: tuple[Sentence, ...]
) -> Known:
    return Known([
        *(Sentence(text, intent, file_of(intent)) for text, intent in filed),
        *(Sentence(text, intent, LABELS) for text, intent in labelled),
    ], golden)


async def golden_sentences() -> list[Sentence]:
    """The sentences that measure recognisers and must never train one."""
    return [Sentence(text, intent, GOLDEN) for text, intent in await golden_pairs()]


async def known(folders: Sequence[Path]) -> Known:
    """What a new label is compared with. ``folders`` hold the files of sentences, later ones laid over earlier ones."""
    labels = tuple((label.text, label.intent) for label in await accepted_labels() if label.exported_at is None)
    filed = await asyncio.to_thread(lambda: tuple(load_examples(list(folders)).pairs()))
    return await asyncio.to_thread(_known, filed, labels, tuple(await golden_sentences()))
