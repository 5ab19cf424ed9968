"""The one notice of corrections: where a reviewer may point, and reading what they ticked and wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cases.actors import Demand
from console.paper import Paper
from console.telling import ShownFinding
from console.wording import words

SHORTEST, LONGEST = 4, 200


@dataclass(frozen=True)
class Place:
    """Somewhere in the form that can be corrected, with what stands there now."""

    about: str
    title: str
    shown: str
    ticked: bool = False
    says: str = ""
    wrong: str = ""
    level: str = ""
    """Of the machine's finding about it, if there is one."""


@dataclass(frozen=True)
class Group:
    """Places under one heading."""

    title: str
    places: tuple[Place, ...]


@dataclass
class Notice:
    """What was ticked and written. Sound when ``demands`` is not empty and nothing is ``wrong``."""

    demands: list[Demand] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)
    """What is wrong with the row of a place."""


def groups_of(paper: Paper, findings: Sequence[ShownFinding], whole: bool) -> list[Group]:
    """Every place of the part of the form somebody sees. ``whole``: they see all of it, so situations belong too."""
    machine = {finding.about: finding for finding in reversed(findings)}

    def place(about: str, title: str, shown: str) -> Place:
        found = machine.get(about)
        says = found.says if found else ""
        level = found.level if found else ""
        return Place(about, title, shown, ticked=level == "warn", says=says, level=level)

    groups = [
        Group(section.title, tuple(place(f.path, f.title, f.shown) for f in section.fields))
        for section in paper.sections
    ]
    slots = tuple(place(f"material:{slot.key}", slot.title, words()(f"way.{slot.way}")) for slot in paper.slots)
    groups.append(Group(words()("case.materials"), slots))
    if whole:
        situations = tuple(place(f"situation:{code}", asked, chosen) for code, asked, chosen in paper.situations)
        groups.append(Group(words()("case.situations"), situations))
    return [group for group in (_found(groups), *map(_unfound, groups)) if group.places]


def _found(groups: Sequence[Group]) -> Group:
    """What the machine found comes first."""
    return Group(words()("case.findings"), tuple(p for group in groups for p in group.places if p.level))


def _unfound(group: Group) -> Group:
    return Group(group.title, tuple(place for place in group.places if not place.level))


def read(groups: Sequence[Group], form: Mapping[str, Sequence[str]]) -> Notice:
    """Read a posted notice: only places of the form count, each with a sentence."""
    notice, ticked = Notice(), set(form.get("about", ()))
    for group in groups:
        for place in group.places:
            says = next(iter(form.get(f"says:{place.about}", ())), "").strip()
            if place.about not in ticked:
                if says and says != place.says:
                    notice.wrong[place.about] = "return.not_ticked"
            elif not SHORTEST <= len(says) <= LONGEST:
                notice.wrong[place.about] = "return.no_sentence"
            else:
                notice.demands.append(Demand(place.about, says))
    return notice


def again(groups: Sequence[Group], form: Mapping[str, Sequence[str]], notice: Notice) -> list[Group]:
    """The groups as they were filled in, with what is wrong beside each row."""
    ticked = set(form.get("about", ()))

    def typed(place: Place) -> Place:
        says = next(iter(form.get(f"says:{place.about}", ())), "").strip()
        return Place(place.about, place.title, place.shown, place.about in ticked, says,
                     notice.wrong.get(place.about, ""), place.level)

    return [Group(group.title, tuple(typed(place) for place in group.places)) for group in groups]
