"""Findings that may stand: each is named with its reason beside the traps, and one that is gone is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from core.content import read
from forms.lint.tree import Problem
from forms.traps.report import Report

LIST = Path(__file__).with_name("accepted.yaml")


class Accepted(BaseModel):
    """One finding, or several alike in one file, that somebody has looked at. ``says`` is a part of its words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    trap: str
    file: str
    says: str
    reason: str

    def covers(self, trap: str, problem: Problem) -> bool:
        """Whether it is this finding."""
        return (self.trap, self.file) == (trap, problem.file) and self.says in problem.wrong


@dataclass(frozen=True)
class Judged:
    """What is still to be looked at (``open``), what may stand, and what was accepted and is found no longer."""

    open: Report
    standing: tuple[tuple[Accepted, tuple[Problem, ...]], ...]
    gone: tuple[Accepted, ...]

    def as_data(self) -> dict[str, Any]:
        """For the JSON file: the open report, with ``accepted`` and ``accepted_but_gone`` beside it."""
        standing = [{**one.model_dump(), "found": [f"{problem.file}:{problem.line}" for problem in problems]}
                    for one, problems in self.standing]
        return {**self.open.as_data(), "accepted": standing,
                "accepted_but_gone": [one.model_dump() for one in self.gone]}


@lru_cache(maxsize=1)
def accepted() -> tuple[Accepted, ...]:
    """The packaged list. Raises `pydantic.ValidationError` for an entry without one of its words."""
    return tuple(Accepted.model_validate(one) for one in read(LIST).data)


def judged(made: Report, may_stand: Sequence[Accepted]) -> Judged:
    """Tell the findings of a report apart. What the check refuses stays open whatever the list says."""
    mistakes = set(made.mistakes)
    by_entry: dict[Accepted, list[Problem]] = {one: [] for one in may_stand}
    found = []
    for trap, problems in made.found:
        left: list[Problem] = []
        for problem in problems:
            entry = next((one for one in may_stand if one.covers(trap.code, problem)), None)
            (left if entry is None or problem in mistakes else by_entry[entry]).append(problem)
        found.append((trap, tuple(left)))
    return Judged(
        replace(made, found=tuple(found)),
        tuple((one, tuple(problems)) for one, problems in by_entry.items() if problems),
        tuple(one for one, problems in by_entry.items() if not problems),
    )
