"""Reading labelled sentences with a recogniser: one answer a sentence, from which all measures are computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from intents.understanding import Understanding

OUTSIDE = "out_of_scope"
"""What is none of our one-things; labels say ``out_of_scope.`` and a kind."""
REFUSED = frozenset({"out_of_scope", "unknown"})
"""Bands in which nothing is begun."""


class Hears(Protocol):
    """Whatever understands a sentence."""

    async def hear(self, text: str) -> Understanding:
        """Read one message."""
        ...


class Answer(BaseModel):
    """What one sentence was read as."""

    model_config = ConfigDict(frozen=True)

    text: str
    truth: str
    """Code of a one-thing, `OUTSIDE`, or empty where nobody knows."""
    best: str
    """The likeliest one-thing; empty when none was ranked."""
    three: tuple[str, ...]
    score: float
    """Confidence in ``best``, 0 to 1."""
    band: str

    @property
    def answer(self) -> str:
        """What the citizen gets: a one-thing, or `OUTSIDE`."""
        return OUTSIDE if self.band in REFUSED or not self.best else self.best

    @property
    def right(self) -> bool:
        """Whether that is the truth."""
        return self.answer == self.truth


def plain_truth(label: str) -> str:
    """A label with every kind of out-of-scope made one."""
    return OUTSIDE if label.split(".")[0] == OUTSIDE else label


async def read(
    hears: Hears, pairs: Iterable[tuple[str, str]], tell: Callable[[int], None] = lambda count: None
) -> list[Answer]:
    """Read (sentence, label) pairs; ``tell`` hears how many are done."""
    answers: list[Answer] = []
    for text, label in pairs:
        heard = await hears.hear(text)
        codes = tuple(one.code for one in heard.ranking[:3])
        score = heard.ranking[0].score if heard.ranking and heard.band != "out_of_scope" else 0.0
        answers.append(Answer(
            text=text, truth=plain_truth(label), best=codes[0] if codes else "", three=codes, score=round(score, 4),
            band=heard.band,
        ))
        tell(len(answers))
    return answers
