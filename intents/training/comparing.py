"""Two versions beside each other: sentences whose answer changes, and measures that moved. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from intents.training.evaluation import OfIntent, Report
from intents.training.reading import Answer

Source = Literal["golden", "heard"]
Turn = Literal["better", "worse", "other"]
MOST = 400
"""Changes that are kept with an evaluation, the worst first; how many there are in all is kept beside."""


class Change(BaseModel):
    """A sentence that the newer version answers otherwise."""

    model_config = ConfigDict(frozen=True)

    text: str
    source: Source
    truth: str
    """Empty where nobody knows."""
    before: str
    after: str
    turn: Turn
    score_before: float
    score_after: float


def changes(before: Sequence[Answer], after: Sequence[Answer], source: Source) -> list[Change]:
    """Sentences answered otherwise, worst first. Both are answers to the same sentences, in the same order."""
    found = [
        Change(
            text=new.text, source=source, truth=new.truth, before=old.answer, after=new.answer, turn=_turn(old, new),
            score_before=old.score, score_after=new.score,
        )
        for old, new in zip(before, after, strict=True) if old.answer != new.answer
    ]
    return sorted(found, key=lambda one: ("worse", "other", "better").index(one.turn))


def _turn(old: Answer, new: Answer) -> Turn:
    if not new.truth or old.right == new.right:
        return "other"
    return "better" if new.right else "worse"


class Moved(BaseModel):
    """One intent in two reports; None where a report does not know it."""

    model_config = ConfigDict(frozen=True)

    intent: str
    before: OfIntent | None
    after: OfIntent | None

    @property
    def fell(self) -> float:
        """How far its recall fell, 0 to 1; below 0 when it rose."""
        return self.before.recall - self.after.recall if self.before and self.after else 0.0


def moved(before: Report | None, after: Report | None) -> list[Moved]:
    """Every intent of either report, the one whose recall fell most first."""
    old, new = (report.by_intent if report else {} for report in (before, after))
    intents: Iterable[str] = sorted({*old, *new})
    return sorted((Moved(intent=i, before=old.get(i), after=new.get(i)) for i in intents), key=lambda one: -one.fell)
