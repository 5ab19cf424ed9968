"""What was found out about a version, how much worse it may be, and what may speak against it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from core.settings import Settings
from intents.training.comparing import Change
from intents.training.evaluation import Report

Kind = Literal[
    "not_evaluated", "outdated", "golden_down", "recall_down", "outside_up", "lost", "no_server", "no_golden",
    "no_folds", "golden_gone", "folds_gone", "golden_needed", "folds_needed", "golden_changed", "golden_touched",
    "golden_eroded", "not_compared", "server_unread", "server_alone",
]
Reader = Literal["local", "server"]
Measure = Literal["folds", "golden"]
AUTOMATIC = 0
"""Stands for the recogniser that reads while nothing is published: what the files give by themselves."""
REMARKS = frozenset({"no_golden", "no_folds", "golden_changed"})
"""What is said but does not stop: nothing was ever measured there, or a few golden sentences were mended. Leaving a
measure out that the version in force has does stop (``golden_gone``, ``folds_gone``), or a fall could be published by
not looking; so does a first publication without both."""


class Evaluation(BaseModel):
    """Everything that was found out about a version; kept as JSON."""

    model_config = ConfigDict(frozen=True)

    folds: Report | None = None
    """Cross-validation on its own sentences: each is read by a model that has not seen it."""
    golden: Report | None = None
    golden_digest: str = ""
    """Which golden set that was."""
    golden_truths: dict[str, str] = {}
    """The set itself, as `intents.training.golden.truths_of` gives it."""
    against: int | None = None
    """The version it was compared with; `AUTOMATIC` for what reads while nothing is published."""
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
    golden_erosion: float
    golden_changed: float

    @classmethod
    def from_settings(cls, settings: Settings) -> Limits:
        """As the operators set them."""
        return cls(
            settings.gate_golden_drop, settings.gate_recall_drop, settings.gate_outside_rise,
            settings.gate_golden_erosion, settings.gate_golden_changed,
        )


@dataclass(frozen=True)
class InForce:
    """What a version would take the place of."""

    version: int | None = AUTOMATIC
    evaluation: Evaluation | None = None
    """What was known of it when it was published: what is measured later must not make the next one pass."""
    lead: float = 0.0
    """By how much it answers golden sentences worse than the best of the last publications, each step measured on the
    same sentences; 0 when it is the best."""

    @property
    def golden_truths(self) -> Mapping[str, str]:
        """The golden set that it was published with."""
        return self.evaluation.golden_truths if self.evaluation else {}


class Finding(BaseModel):
    """One thing that speaks against publishing, or a remark."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    source: Measure | Literal[""] = ""
    """Which measure says so; empty where none does."""
    intent: str = ""
    before: float = 0.0
    after: float = 0.0
    count: int = 0
    """Golden sentences that were taken out or mean something else,"""
    whole: int = 0
    """and how many there were."""
    reader: Reader = "local"
    """Whose reading it is about."""

    @property
    def stops(self) -> bool:
        """Whether it takes a second person and a reason to publish nevertheless."""
        return self.kind not in REMARKS

    def data(self) -> dict[str, Any]:
        """As JSON."""
        return self.model_dump(mode="json")
