"""At submission: is what the draft says still what the sources say? And what about those that were down before?

Pure, like prefill: `ask` does the talking.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forms.draft import CitizenDid, Draft, Value
from forms.engine import Engine
from forms.filling.lookups import PlannedLookup
from forms.filling.prefill import Ask, OnAnswer, prefill
from forms.filling.strangers import names_whom
from forms.logic.compare import same
from integrations.sources.base import Answer, Purpose, Query


@dataclass(frozen=True)
class Difference:
    """A value the draft holds that its source now says otherwise, or that the citizen holds against the source."""

    path: str
    held: Any
    """What the draft says, in canonical form."""
    fetched: Any
    """What the source says now; None when it says nothing any more."""
    source: str
    did: CitizenDid | None
    """``corrected`` and ``contested`` are known differences; None and ``kept`` mean that the data changed since, or
    that the citizen typed what a source which was down would have said otherwise."""

    @property
    def new(self) -> bool:
        """Whether nobody has seen this difference before."""
        return self.did not in ("corrected", "contested")


@dataclass(frozen=True)
class Rechecked:
    """What rechecking found. ``draft`` has what came from sources that were down before."""

    draft: Draft
    differences: tuple[Difference, ...]
    unchecked: tuple[str, ...]
    """Sources that did not answer now: their values go to a person, never against the citizen."""


async def recheck(
    engine: Engine, draft: Draft, ask: Ask, purpose: Purpose, budget: float, on_answer: OnAnswer | None = None
) -> Rechecked:
    """Ask everything afresh within ``budget`` seconds and compare. Without consent nothing is asked."""
    if draft.consent is None or not draft.consent.given:
        return Rechecked(draft, (), ())
    heard: list[tuple[PlannedLookup, Answer]] = []

    async def listen(query: Query, answer: Answer, planned: tuple[PlannedLookup, ...]) -> None:
        heard.extend((one, answer) for one in planned)
        if on_answer is not None:
            await on_answer(query, answer, planned)

    fresh = await prefill(engine, _bare(engine, draft), ask, purpose, budget, listen)
    filled = draft
    for planned, answer in heard:
        before = draft.facts.get(planned.code)
        if before is not None and before.outcome == "source_down" and answer.outcome != "source_down":
            filled = engine.take(filled, planned, answer)
    down = tuple(sorted({fact.source for fact in fresh.facts.values() if fact.outcome == "source_down"}))
    return Rechecked(filled, tuple(_differences(draft, fresh, set(down))), down)


def _bare(engine: Engine, draft: Draft) -> Draft:
    """The draft as if no source had been asked: what the citizen typed against a source is set aside as well, unless it
    says whom the rest is about."""
    plan = engine.plan(draft.one_thing, draft.region)
    values = {
        path: value for path, value in draft.values.items()
        if value.source is None or (value.did in ("corrected", "contested") and names_whom(path, plan))
    }
    situations = {code: answer for code, answer in draft.situations.items() if answer.origin != "decided"}
    return draft.model_copy(update={"values": values, "situations": situations, "facts": {}})


def _differences(draft: Draft, fresh: Draft, down: set[str]) -> list[Difference]:
    found = []
    for path, value in draft.values.items():
        now_said = fresh.values.get(path)
        source, said = _said(value, now_said)
        if source is None or source in down:
            continue
        if said is None and value.did in ("corrected", "contested"):
            said = value.fetched
        if not (value.value == said or same(value.value, said)):
            found.append(Difference(path, value.value, said, source, value.did))
    return found


def _said(held: Value, fresh: Value | None) -> tuple[str | None, Any]:
    """The source concerned and what it says now. A value typed by hand concerns the source that gives it now."""
    if fresh is not None and fresh.source is not None:
        return fresh.source, fresh.fetched if fresh.did in ("corrected", "contested") else fresh.value
    return (held.source, None) if held.source is not None else (None, None)
