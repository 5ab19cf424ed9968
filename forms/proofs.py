"""Answers of sources that spare a paper: electronic licences, and shared data that stands for what is on it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from forms import evidence, paths
from forms.asking import SPOKEN, Wanted
from forms.item_schema import Way
from forms.merge import Merge
from forms.merged import Slot
from forms.plan import Plan


def _proofs(merge: Merge) -> Iterator[tuple[Slot, Way]]:
    """The ways that data alone could go, of every slot, up to the first where somebody must do something."""
    for slot in merge.slots.values():
        for way in slot.ways:
            if way.way not in ("licence", "verified"):
                break
            yield slot, way


def verifying(plan: Plan, merge: Merge) -> Iterator[tuple[str, str]]:
    """(look-up, attribute) of the look-ups of the definition whose answer would stand for a paper."""
    for slot, way in _proofs(merge):
        if way.way == "verified" and way.source:
            for code in _telling(plan, way.source, slot.subject, slot.index):
                yield code, way.attribute


@lru_cache(maxsize=4096)
def _telling(plan: Plan, source: str, subject: str, index: int | None) -> tuple[str, ...]:
    """The look-ups of the definition that ask a source about a place in the form."""
    place = paths.place(subject, index)
    found = plan.lookups.items()
    return tuple(code for code, one in found if one.source == source and evidence.tells(one, index, place))


def wanted(plan: Plan, merge: Merge, asked: list[Wanted]) -> Iterator[Wanted]:
    """Licences and verifications that would spare a paper, besides what is ``asked`` anyway about the same subject."""
    for slot, way in _proofs(merge):
        place = paths.place(slot.subject, slot.index)
        key = next((k for k in ("uscc", "id_number") if plan.element(f"{place}.{k}") is not None), None)
        if way.way == "verified" and (same := [w for w in asked if w.source == way.source and _about(plan, w, place)]):
            same[0].attributes |= {way.attribute} - SPOKEN
        elif key is not None and way.way == "licence" and way.licence:
            yield Wanted(
                code=licence_code(way.licence, place), source="licence",
                keys={key: f"{place}.{key}", "type": f"={way.licence}"}, gives={},
                attributes={"number", "valid_to", "status"}, each=None, subject=place,
            )
        elif key is not None and way.source:
            yield Wanted(
                code=f"{way.source}@{place}", source=way.source, keys={key: f"{place}.{key}"}, gives={},
                attributes={way.attribute} - SPOKEN, each=None, subject=place,
            )


def _about(plan: Plan, want: Wanted, place: str) -> bool:
    """Whether the answer to a question will be about a place in the form."""
    name, number = paths.parse_place(want.code) or (want.code, None)
    lookup = plan.lookups.get(name)
    return want.subject == place if lookup is None else evidence.tells(lookup, number, place)


def licence_code(licence: str, place: str) -> str:
    """The name under which the answer about a licence is kept."""
    return f"licence.{licence}@{place}"
