"""Making a guide (办事指南) from the content that runs the form, so that what is published is what happens.

Without a draft it covers every situation of a region; with one, only what its answers leave possible.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.regions import region_name
from forms.bank import Bank
from forms.content import worded
from forms.content.item_schema import Item
from forms.draft import Draft
from forms.engine import Engine
from forms.guides.deciding import decided
from forms.guides.goes import place, windows
from forms.guides.papers import papers
from forms.guides.phrases import Phrase, alternatives
from forms.guides.questions import questions
from forms.guides.services import GuideFee, GuideItem, GuideLimit, GuideResult, GuideVisit
from forms.guides.steps import steps
from forms.guides.terms import Terms
from forms.guides.view import Guide, GuideCondition, GuideConfirmation, GuideLine, Introduction
from forms.lint.chains import longest_chain, waits_of
from forms.logic.scene import Scene
from forms.logic.truth import FALSE, TRUE
from forms.merging.legs import longest_path
from forms.merging.merge import Merge
from forms.merging.plan import Plan
from forms.merging.planned import PlannedItem
from forms.wording import words


@dataclass(frozen=True)
class Sketch:
    """What the parts of one guide are drawn from. ``applying`` holds the items it speaks of, each with its when."""

    bank: Bank
    plan: Plan
    terms: Terms
    draft: Draft | None
    scene: Scene | None
    merge: Merge | None
    applying: tuple[tuple[PlannedItem, Phrase], ...]

    @property
    def items(self) -> Mapping[str, Item]:
        """The items by code, each once."""
        return {planned.item.code: worded.put(planned.item, worded.FILLED_OF_ITEMS, self.terms.parameters)
                for planned, _ in self.applying}


def guide(engine: Engine, code: str, region: str, told: Introduction, draft: Draft | None = None) -> Guide:
    """The guide of a one-thing in a region, or of a draft (which brings its own region). Raises `NotFound`."""
    region = draft.region if draft else region
    sketch = _sketch(engine, code, region, draft)
    plan, items = sketch.plan, sketch.items
    departments = tuple(dict.fromkeys(item.department for item in items.values()))
    limit, materials = _limit(sketch), papers(sketch)
    made = Guide(
        code=code, title=plan.definition.title, official_title=told.official_title,
        region=region, region_title=_region_title(sketch, region),
        scope="draft" if draft else "all", audience=told.audience, introduction=told.text.strip(),
        lead_department=told.lead_department, departments=departments,
        basis=tuple(dict.fromkeys(law for item in items.values() for law in item.basis)),
        situations=questions(sketch), confirmations=_confirmations(sketch), conditions=_conditions(sketch),
        items=_items(sketch), limit=limit,
        materials=materials, steps=steps(sketch, materials), fee=told.fee, fees=_fees(items),
        results=_results(items), delivery=told.delivery,
        visits=_visits(sketch),
        faq=told.faq, complain=told.complain, updated=told.updated, caution=_caution(sketch),
        **_places(sketch, departments),
    )
    return made.model_copy(update={"version": hashlib.sha256(made.model_dump_json().encode()).hexdigest()[:12]})


def _sketch(engine: Engine, code: str, region: str, draft: Draft | None) -> Sketch:
    plan, bank = engine.plan(code, region), engine.bank
    terms = Terms(plan, bank.parameters(region), region, bank.titles)
    merge, scene = (engine.merge(draft), engine.scene(draft)) if draft else (None, None)
    applying = [(planned, when) for planned in plan.items if (when := _when(planned, terms, merge)) is not None]
    return Sketch(bank, plan, terms, draft, scene, merge, tuple(applying))


def _when(planned: PlannedItem, terms: Terms, merge: Merge | None) -> Phrase | None:
    """When an item applies, in words; empty for always, None for never."""
    if merge is not None and planned.item.code in merge.active:
        return Phrase()
    if merge is not None and planned.item.code not in merge.maybe:
        return None
    return None if decided(planned.bound.when, terms.decide) is FALSE else terms.phrase(planned.bound.when)


def _items(sketch: Sketch) -> tuple[GuideItem, ...]:
    whens: dict[str, list[Phrase]] = {}
    for planned, when in sketch.applying:
        whens.setdefault(planned.item.code, []).append(when)
    issued = {result.title: item.title for item in sketch.items.values() for result in item.results}
    return tuple(
        GuideItem(
            code=code, title=item.title, department=item.department, place=item.department_note, kind=item.kind,
            when="" if Phrase() in whens[code] else alternatives(whens[code]), basis=item.basis,
            legal=item.limit.legal, promised=item.limit.promised, fee=item.fee,
            results=tuple(result.title for result in item.results),
            after=tuple(dict.fromkeys(issued[w.result] for w in item.waits_for if w.result in issued)), note=item.note,
            caution=words("guide_caution_item") if item.confidence == "low" else "",
        )
        for code, item in sketch.items.items()
    )


def _conditions(sketch: Sketch) -> tuple[GuideCondition, ...]:
    """Rules about the matter itself; those about how a value is written are told while it is typed."""
    found = []
    for rule, test in sketch.plan.rules:
        applies = test(sketch.scene) if sketch.scene else decided(rule.when, sketch.terms.decide)
        telling = rule.check == "condition" or bool(rule.basis)
        if rule.level != "warn" and telling and applies is not FALSE:
            found.append(GuideCondition(code=rule.code, level=rule.level, says=rule.says, basis=rule.basis))
    return tuple({one.says: one for one in reversed(found)}.values())[::-1]


def _confirmations(sketch: Sketch) -> tuple[GuideConfirmation, ...]:
    found = []
    for planned in sketch.plan.confirmations:
        wanted, subject = planned.wanted, sketch.plan.definition.subjects[planned.wanted.subject]
        applies = planned.test(sketch.scene) if sketch.scene else decided(wanted.when, sketch.terms.decide)
        if applies is not FALSE:
            found.append(GuideConfirmation(
                who=wanted.title or subject.title, says=wanted.says, paper=planned.paper.title if planned.paper else "",
                when="" if applies is TRUE else sketch.terms.say(subject.when, wanted.when),
            ))
    return tuple(found)


def _limit(sketch: Sketch) -> GuideLimit:
    whole = sketch.plan.definition.limit
    if sketch.merge is not None and not sketch.merge.maybe:
        path = longest_path(sketch.merge.form.legs)
        days, chain = sum(leg.limit.promised for leg in path), [leg.item.title for leg in path]
    else:
        bound = {n: (planned.bound, planned.item) for n, (planned, _) in enumerate(sketch.applying)}
        days, numbers = longest_chain(bound, waits_of(bound), sketch.plan.definition.situations)
        chain = [bound[number][1].title for number in numbers]
    return GuideLimit(promised=whole.promised, legal=whole.legal, longest=days, chain=tuple(chain))


def _fees(items: Mapping[str, Item]) -> tuple[GuideFee, ...]:
    found: dict[str, list[str]] = {}
    for item in items.values():
        found.setdefault(item.fee, []).append(item.title)
    return tuple(GuideFee(fee=fee, items=tuple(titles)) for fee, titles in found.items())


def _results(items: Mapping[str, Item]) -> tuple[GuideResult, ...]:
    return tuple(
        GuideResult(title=result.title, item=item.title, electronic=result.licence is not None)
        for item in items.values() for result in item.results
    )


def _visits(sketch: Sketch) -> tuple[GuideVisit, ...]:
    return tuple(
        GuideVisit(item=item.title, times=item.visits, reason=item.visit_reason,
                   where=place(sketch, item.office, item.department).short)
        for item in sketch.items.values() if item.visits
    )


def _caution(sketch: Sketch) -> str:
    """That a guess is not published as a fact: of the one-thing, or of what the region decides about it."""
    definition = sketch.plan.definition
    guessed = definition.confidence == "low" or sketch.bank.unconfirmed(definition.code, sketch.terms.region)
    return words("guide_caution") if guessed else ""


def _places(sketch: Sketch, departments: tuple[str, ...]) -> dict[str, Any]:
    region = sketch.terms.region
    lines = [line for line in sketch.bank.lines(region) if not line.department or line.department in departments]
    return {"lines": tuple(GuideLine(title=line.title, phone=line.phone) for line in lines),
            "windows": windows(sketch)}


def _region_title(sketch: Sketch, region: str) -> str:
    layers = sketch.bank.layers(region)
    return region_name(region) or (layers[-1].title if layers else region)
