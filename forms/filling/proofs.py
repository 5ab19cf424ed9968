"""Answers of sources that spare a paper: electronic licences, and shared data that stands for what is on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from forms import paths
from forms.content.material_schema import Way
from forms.filling import evidence
from forms.filling.asking import PlannedLookup, Wanted
from forms.logic.scene import SPOKEN
from forms.merging.merge import Merge
from forms.merging.merged import Slot
from forms.merging.plan import Plan
from integrations.sources.catalogue import catalogue

DATA = ("licence", "verified")
"""Ways of a paper that data alone can go."""
LICENCE = "licence"
"""The source that knows electronic licences."""
OWN_KEYS = ("uscc", "id_number")
"""What companies and people are looked up by, before any other number of theirs."""
TELLTALES = ("valid", "status", "valid_to", "certificate_number", "number")
"""Attributes that say little more than that there is a record, the ones to prefer first."""

def _proofs(merge: Merge) -> Iterator[tuple[Slot, Way]]:
    """The ways that data alone could go, of every slot, up to the first where somebody must do something."""
    for slot in merge.slots.values():
        for way in slot.ways:
            if way.way not in DATA:
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
        if way.way == "verified" and (same := [w for w in asked if w.source == way.source and _about(plan, w, place)]):
            same[0].attributes |= {way.attribute} - SPOKEN
        elif way.way == "licence" and way.licence:
            keys = licence_keys(plan, way.licence, place)
            told = {"number", "valid_to", "status"}
            yield from _one(licence_code(way.licence, place), LICENCE, keys, told, place)
        elif way.source:
            told = {way.attribute} - SPOKEN or {_telltale(way.source)}
            yield from _one(f"{way.source}@{place}", way.source, keys_of(plan, way.source, place), told, place)


def _one(code: str, source: str, keys: dict[str, str], told: set[str], place: str) -> Iterator[Wanted]:
    if keys:
        yield Wanted(code=code, source=source, keys=keys, gives={}, attributes=told, each=None, subject=place)


def told(plan: Plan, slot: Slot, asked: Iterable[PlannedLookup]) -> bool:
    """Whether one of these questions may spare a paper."""
    place = paths.place(slot.subject, slot.index)
    ways = [way for way in slot.ways if way.way in DATA]
    codes = {licence_code(way.licence, place) for way in ways if way.licence}
    sources = {way.source for way in ways if way.source}
    return any(one.code in codes or (one.source in sources and _about(plan, one, place)) for one in asked)


def licence_keys(plan: Plan, licence: str, place: str) -> dict[str, str]:
    """How the licence library is asked about a place in the form; empty when it has no number to ask by."""
    key = next((name for name in OWN_KEYS if plan.element(f"{place}.{name}") is not None), None)
    return {key: f"{place}.{key}", "type": f"={licence}"} if key is not None else {}


def keys_of(plan: Plan, source: str, place: str) -> dict[str, str]:
    """Key attribute to path: how a source is asked about a place in the form; empty when it takes no key of it."""
    entry = catalogue().get(source)
    taken = [way[0] for way in entry.key if len(way) == 1] if entry is not None else list(OWN_KEYS)
    taken.sort(key=lambda name: OWN_KEYS.index(name) if name in OWN_KEYS else len(OWN_KEYS))
    key = next((name for name in taken if plan.element(f"{place}.{name}") is not None), None)
    return {key: f"{place}.{key}"} if key is not None else {}


def _telltale(source: str) -> str:
    """The attribute asked for where it only matters whether there is a record: nobody may ask for nothing."""
    entry = catalogue().get(source)
    tells = tuple(entry.attributes) if entry is not None else TELLTALES
    return next((name for name in TELLTALES if name in tells), tells[0])


def _about(plan: Plan, want: Wanted | PlannedLookup, place: str) -> bool:
    """Whether the answer to a question will be about a place in the form."""
    name, number = paths.parse_place(want.code) or (want.code, None)
    lookup = plan.lookups.get(name)
    return want.subject == place if lookup is None else evidence.tells(lookup, number, place)


def licence_code(licence: str, place: str) -> str:
    """The name under which the answer about a licence is kept."""
    return f"licence.{licence}@{place}"
