"""The gate before publishing: what speaks against a version, in findings that a person can read. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from core.settings import Settings
from intents.training.comparing import Change, Moved, moved
from intents.training.evaluation import Report

Kind = Literal[
    "not_evaluated", "outdated", "golden_down", "recall_down", "outside_up", "lost", "no_server", "no_golden",
    "no_folds", "golden_gone", "folds_gone", "server_unread", "server_alone",
]
Reader = Literal["local", "server"]
LEAST = 5
"""Sentences an intent needs in both evaluations before a fall of its recall says anything."""
REMARKS = frozenset({"no_golden", "no_folds"})
"""What is said but does not stop: nothing was ever measured there. Leaving a measure out that the version in force has
does stop (``golden_gone``, ``folds_gone``), or a fall could be published by not looking."""


class Evaluation(BaseModel):
    """Everything that was found out about a version; kept as JSON."""

    model_config = ConfigDict(frozen=True)

    folds: Report | None = None
    """Cross-validation on its own sentences: each is read by a model that has not seen it."""
    golden: Report | None = None
    golden_digest: str = ""
    """Which golden set that was."""
    against: int | None = None
    """The version it was compared with."""
    golden_before: Report | None = None
    """What that one makes of the same golden set."""
    changes: tuple[Change, ...] = ()
    changed: int = 0
    """How many there are in all."""
    heard: int = 0
    """Recent utterances that both have read."""
    server: Report | None = None
    """What the server beside us makes of the golden set with the version's model. Everything above is of the local
    engine."""
    server_model: str = ""
    """Which model that was."""
    server_before: Report | None = None
    """What it makes of the same golden set with the model of the version this one was compared with."""


@dataclass(frozen=True)
class Limits:
    """How much worse a version may be; shares, 0 to 1."""

    golden_drop: float
    recall_drop: float
    outside_rise: float

    @classmethod
    def from_settings(cls, settings: Settings) -> Limits:
        """As the operators set them."""
        return cls(settings.gate_golden_drop, settings.gate_recall_drop, settings.gate_outside_rise)


class Finding(BaseModel):
    """One thing that speaks against publishing, or a remark."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    intent: str = ""
    before: float = 0.0
    after: float = 0.0
    reader: Reader = "local"
    """Whose reading it is about."""

    @property
    def stops(self) -> bool:
        """Whether it takes a second person and a reason to publish nevertheless."""
        return self.kind not in REMARKS

    def data(self) -> dict[str, Any]:
        """As JSON."""
        return self.model_dump(mode="json")


def findings(
    mine: Evaluation | None, base: int | None, before: Evaluation | None, golden_digest: str, limits: Limits
) -> list[Finding]:
    """What speaks against publishing a version in place of ``base`` (None when nothing is published), of which
    ``before`` is known."""
    if mine is None:
        return [Finding(kind="not_evaluated")]
    found: list[Finding] = []
    if mine.golden_digest != golden_digest or (base is not None and mine.against != base):
        found.append(Finding(kind="outdated"))
    else:
        found += _golden(mine, bool(before and before.golden), limits)
    found += _folds(mine.folds, before.folds if before else None, limits)
    return list(dict.fromkeys(found))


def server_findings(
    mine: Evaluation | None, model: str, base_model: str | None, limits: Limits
) -> list[Finding]:
    """What speaks against having the server read with ``model``. ``base_model`` is that of the version in force, empty
    when that has none (citizens were read by the local engine, which is what it is measured against then), None when
    nothing is published."""
    if mine is None or mine.golden is None:
        return []
    if mine.server is None or mine.server_model != model:
        return [Finding(kind="server_unread", reader="server")]
    before = mine.server_before if base_model else mine.golden_before
    if base_model and before is None:
        return [Finding(kind="server_alone", reader="server")]
    if base_model is None or before is None:
        return []
    return [one.model_copy(update={"reader": "server"}) for one in _worse(before, mine.server, limits)]


def _golden(mine: Evaluation, measured_before: bool, limits: Limits) -> list[Finding]:
    after, before = mine.golden, mine.golden_before
    if after is None:
        return [Finding(kind="golden_gone" if measured_before else "no_golden")]
    return [] if before is None else _worse(before, after, limits)


def _worse(before: Report, after: Report, limits: Limits) -> list[Finding]:
    """Two readings of one golden set."""
    found = [one for one in _fallen(before, after, limits) if one.kind == "recall_down"]
    if before.accuracy - after.accuracy > limits.golden_drop:
        found.insert(0, Finding(kind="golden_down", before=before.accuracy, after=after.accuracy))
    return found + _risen(before, after, limits)


def _folds(after: Report | None, before: Report | None, limits: Limits) -> list[Finding]:
    if after is None:
        return [Finding(kind="folds_gone" if before else "no_folds")]
    if before is None:
        return []
    return [*_risen(before, after, limits), *_fallen(before, after, limits)]


def _risen(before: Report, after: Report, limits: Limits) -> list[Finding]:
    """More of what is none of ours would be accepted."""
    if after.outside and before.outside and after.accepted - before.accepted > limits.outside_rise:
        return [Finding(kind="outside_up", before=before.accepted, after=after.accepted)]
    return []


def _enough(one: Moved) -> bool:
    """Whether there are sentences enough on both sides for a fall to say something."""
    return all(side is not None and side.sentences >= LEAST for side in (one.before, one.after))


def _fallen(before: Report, after: Report, limits: Limits) -> list[Finding]:
    """Intents that are gone, or whose recall collapsed."""
    found = []
    for one in moved(before, after):
        if one.before and one.before.sentences and not (one.after and one.after.sentences):
            found.append(Finding(kind="lost", intent=one.intent, before=one.before.recall))
        elif one.before and one.after and one.fell > limits.recall_drop and _enough(one):
            found.append(Finding(
                kind="recall_down", intent=one.intent, before=one.before.recall, after=one.after.recall
            ))
    return found
