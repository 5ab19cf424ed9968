"""Every labelled sentence there is: from the files, and from the labels that are not in them."""

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
    filed: tuple[tuple[str, str], ...], labelled: tuple[Sentence, ...], exported: tuple[Sentence, ...],
    golden: tuple[Sentence, ...],
) -> Known:
    made = Known([*(Sentence(text, intent, file_of(intent)) for text, intent in filed), *labelled], golden)
    for one in exported:  # where their file never came into force, they are labels still
        if one.text not in made:
            made.add(one)
    return made


async def golden_sentences() -> list[Sentence]:
    """The sentences that measure recognisers and must never train one."""
    return [Sentence(text, intent, GOLDEN) for text, intent in await golden_pairs()]


async def known(folders: Sequence[Path]) -> Known:
    """What a new label is compared with. ``folders`` hold the files of sentences, later ones laid over earlier ones."""
    labels = [(Sentence(one.text, one.intent, LABELS), one.exported_at) for one in await accepted_labels()]
    filed = await asyncio.to_thread(lambda: tuple(load_examples(list(folders)).pairs()))
    return await asyncio.to_thread(
        _known, filed, tuple(one for one, at in labels if at is None), tuple(one for one, at in labels if at),
        tuple(await golden_sentences()),
    )
