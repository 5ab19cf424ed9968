"""The ground of the engine: plans made once, scenes, merged forms kept, drafts brought to rest."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from typing import Any

from core import clock
from forms import answers, paths, planning
from forms.bank import Bank
from forms.draft import Draft
from forms.merge import Merge, merge
from forms.merged import Leg, MergedForm
from forms.minimise import minimised
from forms.plan import Plan
from forms.scene import Scene
from forms.settle import settle

CACHED = 512
"""Merged forms kept; drafts that agree in all that decides a form share one."""


class Kernel:
    """What every act of the engine stands on. ``today`` is asked for the day in China."""

    def __init__(self, bank: Bank, today: Callable[[], date] = clock.today) -> None:
        self.bank, self._today = bank, today
        self._plans: dict[str, Plan] = {}
        self._merged: OrderedDict[Any, Merge] = OrderedDict()

    def plan(self, code: str) -> Plan:
        """The one-thing made ready. Raises `NotFound`, or `forms.bank.ContentErrors`."""
        if code not in self._plans:
            self._plans[code] = planning.build(self.bank, code)
        return self._plans[code]

    def version_of(self, code: str) -> str:
        """The present version of a one-thing. Raises `NotFound`."""
        return self.bank.version(code)

    def scene(self, draft: Draft) -> Scene:
        """The draft as conditions see it, today."""
        plan = self.plan(draft.one_thing)
        parameters = self.bank.parameters(draft.region)
        scene = Scene(draft, plan.definition.subjects, plan.lookups, parameters, self._today())
        answers.count(plan, scene)
        return scene

    def merge(self, draft: Draft, scene: Scene | None = None) -> Merge:
        """The merged form with what stands beside it, cached on all that decides it."""
        scene = scene or self.scene(draft)
        key = self._decides(draft, scene)
        found = self._merged.get(key)
        if found is None:
            found = self._merged[key] = merge(self.plan(draft.one_thing), scene)
            if len(self._merged) > CACHED:
                self._merged.popitem(last=False)
        else:
            self._merged.move_to_end(key)
        return found

    def _decides(self, draft: Draft, scene: Scene) -> Any:
        plan, values = self.plan(draft.one_thing), draft.values
        fields = tuple(
            str(value.value) if (value := values.get(paths.write(subject, i, element))) is not None else None
            for subject, element in plan.deciding_fields for i in scene.indexes(subject)
        )
        facts = plan.decided_by("fact") and tuple(
            (code, fact.query_id, fact.outcome, fact.fetched_at) for code, fact in draft.facts.items()
        )
        ways = plan.decided_by("material") and tuple((key, given.way) for key, given in draft.materials.items())
        return (
            draft.one_thing, draft.region, scene.today, tuple(map(str, scene.answers.values())), fields, facts, ways,
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
        return settle(self.plan(draft.one_thing), draft, clock.now(), self.scene, self.merge)

    def minimised_draft(self, draft: Draft) -> Draft:
        """The draft without what only items that no longer apply needed."""
        smaller = minimised(self.plan(draft.one_thing), draft, self.merge(draft))
        return draft if smaller is draft else self.settled(smaller)
