"""The ground of the engine: plans made once, scenes and merged forms kept, drafts brought to rest.

A turn of the talk asks many things about the same few drafts. Drafts are never altered, so what was found out about
one is kept beside that very object for as long as it is among the last ones looked at.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from core import clock
from forms import paths
from forms.bank import Bank
from forms.confirmation import standing_in
from forms.content import regional, worded
from forms.content.schema import Definition
from forms.draft import Draft
from forms.filling.minimise import minimised
from forms.filling.settle import settle
from forms.logic import answers
from forms.logic.scene import Scene
from forms.merging import planning
from forms.merging.merge import Merge, merge
from forms.merging.merged import Leg, MergedForm
from forms.merging.plan import Plan

CACHED = 512
"""Merged forms kept; drafts that agree in all that decides a form share one."""
SIGHTS = 64
"""Drafts about which everything found out is kept."""
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Sight:
    """One very draft, how conditions see it on a day, and what was found out about it."""

    draft: Draft
    scene: Scene
    found: dict[Hashable, Any] = field(default_factory=dict)


class Kernel:
    """What every act of the engine stands on. ``today`` is asked for the day in China."""

    def __init__(self, bank: Bank, today: Callable[[], date] = clock.today) -> None:
        self.bank, self._today = bank, today
        self._plans: dict[tuple[str, tuple[str, ...]], Plan] = {}
        self._differ: dict[tuple[str, str], tuple[str, ...]] = {}
        self._merged: OrderedDict[Any, Merge] = OrderedDict()
        self._sights: OrderedDict[int, Sight] = OrderedDict()

    def plan(self, code: str, region: str = "") -> Plan:
        """The one-thing made ready, as a region has it. Raises `NotFound`, or `forms.content.shelf.ContentErrors`."""
        where = code, self._differences(code, region)
        if where not in self._plans:
            here = regional.in_region(self.bank, region)
            self._plans[where] = planning.build(here, code, self.bank.version(code), region)
        return self._plans[where]

    def definition(self, draft: Draft) -> Definition:
        """The one-thing of a draft, as its region has it."""
        return self.plan(draft.one_thing, draft.region).definition

    def _differences(self, code: str, region: str) -> tuple[str, ...]:
        if (code, region) not in self._differ:
            numbers = self.bank.parameters(region)
            said = (f"{name}={numbers.get(name)}" for name in worded.names(self.bank.definition(code)))
            self._differ[code, region] = (*regional.key(self.bank, code, region), *said)
        return self._differ[code, region]

    def version_of(self, code: str) -> str:
        """The present version of a one-thing. Raises `NotFound`."""
        return self.bank.version(code)

    def _sight(self, draft: Draft) -> Sight:
        known, today = self._sights.get(id(draft)), self._today()
        if known is not None and known.draft is draft and known.scene.today == today:
            return known
        plan = self.plan(draft.one_thing, draft.region)
        scene = Scene(draft, plan.definition.subjects, plan.lookups, self.bank.parameters(draft.region), today)
        answers.count(plan, scene)
        self._sights.pop(id(draft), None)
        if len(self._sights) >= SIGHTS:
            self._sights.popitem(last=False)
        made = self._sights[id(draft)] = Sight(draft, scene)
        return made

    def scene(self, draft: Draft) -> Scene:
        """The draft as conditions see it, today. Shared: take a `Scene.copy` to change it."""
        return self._sight(draft).scene

    def once(self, draft: Draft, name: Hashable, find: Callable[[], Found]) -> Found:
        """What ``find`` finds out about a draft, found out once. ``name`` says what it is."""
        found = self._sight(draft).found
        if name not in found:
            found[name] = find()
        return found[name]  # type: ignore[no-any-return]

    def merge(self, draft: Draft) -> Merge:
        """The merged form with what stands beside it, cached on all that decides it."""
        return self.once(draft, "merge", lambda: self._merge(draft, self.scene(draft)))

    def _merge(self, draft: Draft, scene: Scene) -> Merge:
        key = self._decides(draft, scene)
        found = self._merged.get(key)
        if found is None:
            found = self._merged[key] = merge(self.plan(draft.one_thing, draft.region), scene)
            if len(self._merged) > CACHED:
                self._merged.popitem(last=False)
        else:
            self._merged.move_to_end(key)
        return found

    def _decides(self, draft: Draft, scene: Scene) -> Any:
        plan, values = self.plan(draft.one_thing, draft.region), draft.values
        fields = tuple(
            str(value.value) if (value := values.get(paths.write(subject, i, element))) is not None else None
            for subject, element in plan.deciding_fields for i in scene.indexes(subject)
        )
        facts = plan.decided_by("fact") and tuple(
            (code, fact.query_id, fact.outcome, fact.fetched_at) for code, fact in draft.facts.items()
        )
        others = tuple(str(value) for value in standing_in.ids(plan, scene))
        ways = plan.decided_by("material") and tuple((key, given.way) for key, given in draft.materials.items())
        return (
            draft.one_thing, draft.region, scene.today, tuple(map(str, scene.answers.values())), fields, facts, ways,
            others,
            tuple(sorted(draft.counts.items())), tuple(draft.skipped), draft.login.id_number if draft.login else None,
        )

    def merged(self, draft: Draft) -> MergedForm:
        """The one form of this draft."""
        return self.merge(draft).form

    def legs(self, draft: Draft) -> tuple[Leg, ...]:
        """The parts of the departments."""
        return self.merge(draft).form.legs

    def settled(self, draft: Draft) -> Draft:
        """The draft brought to rest."""
        return settle(self.plan(draft.one_thing, draft.region), draft, clock.now(), self.scene, self.merge)

    def minimised_draft(self, draft: Draft) -> Draft:
        """The draft without what only items that no longer apply needed."""
        smaller = minimised(self.plan(draft.one_thing, draft.region), draft, self.merge(draft))
        return draft if smaller is draft else self.settled(smaller)
