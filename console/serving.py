"""How the server beside us stands, in one line for operators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from console.wording import words
from intents.models import ModelVersion
from intents.training.serving import Seen


@dataclass(frozen=True)
class Line:
    """What is said of the server, and whether somebody has to look."""

    text: str
    bad: bool = False


def server_line(seen: Seen | None, present: ModelVersion | None, expected: bool) -> Line | None:
    """What the server does, beside the published version; None where none reads. ``expected`` is whether one should."""
    if seen is None:
        return _line("silent", True) if expected else None
    told = _standing(seen, present)
    if not seen.training:
        return told
    return Line(f"{told.text} {words()('versions.server.training', count=seen.training)}", told.bad)


def _standing(seen: Seen, present: ModelVersion | None) -> Line:
    known: dict[str, Any] = {"model": seen.model, "problem": seen.problem, "version": present.id if present else 0}
    if not seen.model:
        return _line("down" if seen.problem else "empty", True, known)
    if seen.problem:
        return _line("stuck", True, known)
    if present is None:
        return _line("automatic", False, known)
    if not present.server_model:
        return _line("untrained", True, known)
    return _line("reads", False, known) if seen.model == present.server_model else _line("other", True, known)


def _line(kind: str, bad: bool, known: dict[str, Any] | None = None) -> Line:
    return Line(words()(f"versions.server.{kind}", **(known or {})), bad)
