"""The materials of a guide: who needs each, when, and how it is spared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forms.confirmation import standing_in
from forms.content.item_schema import MaterialNeed
from forms.content.material_schema import Material, Way
from forms.content.mentions import renamed_all
from forms.guides.deciding import decided
from forms.guides.goes import place
from forms.guides.phrases import Phrase, group
from forms.guides.services import GuideMaterial, GuideWay
from forms.logic.truth import FALSE
from forms.merging.planned import PlannedItem
from forms.wording import words

if TYPE_CHECKING:
    from forms.guides.making import Sketch

FEW = 2
"""Items that are named twice: where it says when a paper is wanted, and which of them want it."""
SPARED = frozenset({"licence", "generated", "verified", "pledge", "deferred"})
"""Ways that ask nothing of the citizen now."""


@dataclass
class _Asked:
    """A material about one subject, being gathered from the items that demand it."""

    material: Material
    subject: str
    optional: bool = True
    always: bool = False
    when: dict[Phrase, list[str]] = field(default_factory=dict)
    """Condition to the items that demand it under that; an item that always applies is left out."""
    by: list[str] = field(default_factory=list)
    made_by: list[str] = field(default_factory=list)
    ways: tuple[Way, ...] = ()
    """The ways that count here; all of the material's when empty."""


def papers(sketch: Sketch) -> tuple[GuideMaterial, ...]:
    """Every material of the items this guide speaks of, each once for each subject."""
    asked: dict[tuple[str, str], _Asked] = {}
    for planned, when in sketch.applying:
        for demand in planned.item.materials:
            _ask(sketch, asked, planned, when, demand)
    for letter in sketch.plan.confirmations:  # may be brought in place of somebody's own confirmation, never demanded
        subject, paper = letter.wanted.subject, letter.paper
        if paper is not None and (paper.code, subject) not in asked and _there(sketch, paper.code, subject):
            asked[paper.code, subject] = _Asked(paper, subject, ways=standing_in.ways(paper))
    return tuple(_material(sketch, one) for one in asked.values())


def _ask(
    sketch: Sketch, asked: dict[tuple[str, str], _Asked], planned: PlannedItem, when: Phrase, demand: MaterialNeed
) -> None:
    material, subject = sketch.bank.materials[demand.material], planned.bound.roles.get(demand.of)
    if subject is None or not _there(sketch, material.code, subject):
        return
    conditions = (
        sketch.plan.definition.subjects[subject].when, planned.bound.materials_when.get(demand.material),
        renamed_all(demand.when, planned.bound.roles),
    )
    if any(decided(one, sketch.terms.decide) is FALSE for one in conditions):
        return  # nothing that may be answered here leads to it
    said = Phrase() if _sure(sketch, material.code, subject) else sketch.terms.phrase(*conditions)
    one = asked.setdefault((material.code, subject), _Asked(material, subject))
    one.by.append(planned.item.title)
    one.made_by += _makers(sketch, planned, material)
    one.optional = one.optional and not demand.required
    one.always = one.always or (demand.required and not when and not said)
    items = one.when.setdefault(said, [])
    if when and planned.item.title not in items:
        items.append(planned.item.title)


def _when(one: _Asked) -> tuple[str, ...]:
    """The cases in which it is demanded; empty when that is: whenever one of the items that ask for it applies."""
    if list(one.when) == [Phrase()]:
        return ()
    said = []
    for condition, items in one.when.items():
        titles = dict.fromkeys(items)
        whole = len(titles) > FEW and titles.keys() == set(one.by)
        listed = words("guide_with_these") if whole else words("guide_with_item", item=words("join").join(titles))
        named = listed if items else ""
        said.append(group("all", (Phrase(named), condition)).laid_out)
    return tuple(part for part in said if part)


def _there(sketch: Sketch, code: str, subject: str) -> bool:
    """In a draft: whether the merged form has this slot, or may come to have it."""
    if sketch.merge is None:
        return True
    keys = [*sketch.merge.slots, *sketch.merge.possible_slots]
    return any(key.partition(":")[0] == code and key.partition(":")[2].partition("[")[0] == subject for key in keys)


def _sure(sketch: Sketch, code: str, subject: str) -> bool:
    slots = sketch.merge.slots.values() if sketch.merge else ()
    return any(s.material.code == code and s.subject == subject and s.required is not None for s in slots)


def _makers(sketch: Sketch, planned: PlannedItem, material: Material) -> Iterator[str]:
    """Items whose results the asking item waits for, and which issue this very paper."""
    waited = {wait.result for wait in planned.item.waits_for}
    licences = {way.licence for way in material.ways if way.licence}
    for other in sketch.items.values():
        issues = {result.licence for result in other.results}
        if waited & {result.title for result in other.results} and licences & issues:
            yield other.title


def _material(sketch: Sketch, one: _Asked) -> GuideMaterial:
    need = "optional" if one.optional else "always" if one.always else "when"
    return GuideMaterial.model_validate({
        "code": one.material.code, "title": one.material.title,
        "of": sketch.plan.definition.subjects[one.subject].title, "need": need,
        "when": _when(one) if need == "when" else (), "asked_by": tuple(dict.fromkeys(one.by)),
        "ways": _ways(sketch, one), "made_by": tuple(dict.fromkeys(one.made_by)), "format": one.material.format,
        "help": one.material.help, "basis": one.material.basis, "where": _where(sketch, one),
    })


def _where(sketch: Sketch, one: _Asked) -> str:
    """Where it is handed in, when that is a way which is open."""
    open_ = {way.way for way in _ways(sketch, one)}
    offices = (way.office for way in one.ways or one.material.ways if way.way == "window" and way.way in open_)
    return next((place(sketch, office).short for office in offices if office), "")


def _ways(sketch: Sketch, one: _Asked) -> tuple[GuideWay, ...]:
    given = sketch.draft.materials if sketch.draft else {}
    taken = {answer.way for key, answer in given.items()
             if key.partition(":")[0] == one.material.code and key.partition(":")[2].partition("[")[0] == one.subject}
    offered = one.ways or one.material.ways
    ways = [way for way in offered if way.way in taken] or offered
    return tuple(GuideWay(way=way.way, says=_says(sketch, way)) for way in ways)


def _says(sketch: Sketch, way: Way) -> str:
    source = sketch.bank.titles.get(way.source or "", way.source or "")
    return words(f"guide_way_{way.way}", source=source, days=way.within_days, text=way.text)
