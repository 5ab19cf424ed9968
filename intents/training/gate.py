"""The gate before publishing: what speaks against a version, in findings that a person can read. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from intents.training.comparing import Moved, moved
from intents.training.evaluation import Report
from intents.training.measures import AUTOMATIC, Evaluation, Finding, InForce, Kind, Limits, Measure

LEAST = 5
"""Sentences an intent needs in both evaluations before a fall of its recall says anything."""


def findings(mine: Evaluation | None, base: InForce, golden_digest: str, limits: Limits) -> list[Finding]:
    """What speaks against publishing a version in place of ``base``, with the golden set as it is now."""
    if mine is None:
        return [Finding(kind="not_evaluated")]
    found: list[Finding] = []
    if mine.golden_digest != golden_digest or mine.against != base.version:
        found.append(Finding(kind="outdated"))
    else:
        found += _golden(mine, base, limits)
    found += _folds(mine.folds, base, limits)
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


def _golden(mine: Evaluation, base: InForce, limits: Limits) -> list[Finding]:
    after, before = mine.golden, mine.golden_before
    if after is None:
        return [Finding(kind=_missing("golden", base))]
    found = touched(base.golden_truths, mine.golden_truths, limits.golden_changed)
    if before is None:
        return [*found, Finding(kind="not_compared")]
    found += _worse(before, after, limits, len(base.golden_truths))
    lead = round(base.lead - (after.accuracy - before.accuracy), 6)
    if base.lead > 0 and lead > limits.golden_erosion:
        best = min(1.0, after.accuracy + lead)
        found.append(Finding(kind="golden_eroded", source="golden", before=best, after=after.accuracy))
    return found


def _worse(before: Report, after: Report, limits: Limits, then: int = 0) -> list[Finding]:
    """Two readings of one golden set, of which there were ``then`` sentences at the last publication."""
    found = [one for one in _fallen(before, after, limits, "golden") if one.kind == "recall_down"]
    if _fell(before, after, then) > limits.golden_drop:
        found.insert(0, Finding(kind="golden_down", source="golden", before=before.accuracy, after=after.accuracy))
    return found + _risen(before, after, limits, "golden")


def _fell(before: Report, after: Report, then: int) -> float:
    """How far accuracy fell on the same sentences, as a share of a set that was not made longer meanwhile: a hundred
    easy sentences more do not make four wrong answers less."""
    lost = (before.accuracy - after.accuracy) * after.sentences
    return round(lost / min(after.sentences, then or after.sentences), 6)


def touched(before: Mapping[str, str], after: Mapping[str, str], limit: float) -> list[Finding]:
    """Golden sentences that were taken out or mean something else since the last publication; new ones do no harm."""
    count = sum(after.get(key) != truth for key, truth in before.items())
    if not count or not after:
        return []
    kind: Kind = "golden_touched" if count > limit * len(before) else "golden_changed"
    return [Finding(kind=kind, source="golden", count=count, whole=len(before))]


def _folds(after: Report | None, base: InForce, limits: Limits) -> list[Finding]:
    before = base.evaluation.folds if base.evaluation else None
    if after is None:
        return [Finding(kind=_missing("folds", base))]
    if before is None:
        return []
    return [*_risen(before, after, limits, "folds"), *_fallen(before, after, limits, "folds")]


def _missing(measure: Measure, base: InForce) -> Kind:
    """The first publication needs both measures, a later one those that the version in force has."""
    if base.version == AUTOMATIC:
        return "golden_needed" if measure == "golden" else "folds_needed"
    had = base.evaluation is not None and getattr(base.evaluation, measure) is not None
    if measure == "golden":
        return "golden_gone" if had else "no_golden"
    return "folds_gone" if had else "no_folds"


def _risen(before: Report, after: Report, limits: Limits, source: Measure) -> list[Finding]:
    """More of what is none of ours would be accepted."""
    if after.outside and before.outside and after.accepted - before.accepted > limits.outside_rise:
        return [Finding(kind="outside_up", source=source, before=before.accepted, after=after.accepted)]
    return []


def _enough(one: Moved) -> bool:
    """Whether there are sentences enough on both sides for a fall to say something."""
    return all(side is not None and side.sentences >= LEAST for side in (one.before, one.after))


def _fallen(before: Report, after: Report, limits: Limits, source: Measure) -> list[Finding]:
    """Intents that are gone, or whose recall collapsed."""
    found = []
    for one in moved(before, after):
        if one.before and one.before.sentences and not (one.after and one.after.sentences):
            found.append(Finding(kind="lost", source=source, intent=one.intent, before=one.before.recall))
        elif one.before and one.after and one.fell > limits.recall_drop and _enough(one):
            found.append(Finding(
                kind="recall_down", source=source, intent=one.intent, before=one.before.recall,
                after=one.after.recall,
            ))
    return found
