"""What each source said, for the citizen: got, nothing found, not allowed, or down. Computed from the draft alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.draft import Draft, Outcome

WORST_LAST: tuple[Outcome, ...] = ("got", "nothing_found", "not_allowed", "source_down")


@dataclass(frozen=True)
class SourceReport:
    """One source with one outcome. A source asked about two people can have two outcomes, and then two reports."""

    source: str
    title: str
    outcome: Outcome
    paths: tuple[str, ...]
    """Fields of the form it filled; empty when it only answered questions, or nothing."""


def source_reports(draft: Draft, titles: Mapping[str, str]) -> tuple[SourceReport, ...]:
    """What the sources said, those that gave something first; ``titles`` from ``integrations.sources.catalogue``."""
    found: dict[tuple[Outcome, str], list[str]] = {}
    for code, fact in draft.facts.items():
        paths = found.setdefault((fact.outcome, fact.source), [])
        paths += [p for p, v in draft.values.items() if v.lookup == code and v.origin == "source" and p not in paths]
    ordered = sorted(found, key=lambda pair: WORST_LAST.index(pair[0]))
    return tuple(
        SourceReport(source, titles.get(source, source), outcome, tuple(found[outcome, source]))
        for outcome, source in ordered
    )
