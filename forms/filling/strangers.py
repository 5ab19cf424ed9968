"""Records that speak of somebody else than the form does.

One record often tells who somebody is, and their name, share and phone with it. Once the citizen says that it is
another person, another firm or another bank card, the rest of that record says nothing about them: it goes, and is
looked up by the right number or asked for. Taking the correction back brings it back.
"""

from __future__ import annotations

from functools import lru_cache

from forms import paths
from forms.content.element_schema import Element
from forms.draft import Draft, Value
from forms.filling import records
from forms.logic.compare import same
from forms.logic.scene import Scene
from forms.merging.plan import Plan

NAMING = ("id_number", "uscc", "bank_account")
"""Types of elements whose value says which one is meant."""
_ENDS = ("id_number", "uscc", "number")


def names_whom(path: str, plan: Plan) -> bool:
    """Whether the value of a path says who or what the fields beside it are about."""
    element = plan.element(path)
    return element is not None and _prefix(plan, paths.unindexed(path).partition(".")[0], element) is not None


def strangers(plan: Plan, draft: Draft, scene: Scene) -> frozenset[tuple[str, str]]:
    """(fact code, path) of what a record tells there about somebody whom the citizen says it is not."""
    if not any(_said_otherwise(value) and names_whom(path, plan) for path, value in draft.values.items()):
        return frozenset()
    found = set()
    for fact, told in records.told(plan, draft, scene):
        for path in told:
            number = _named_by(plan, path)
            if number in told and number != path and _another(draft.values.get(number), told[number]):
                found.add((fact.lookup, path))
    return frozenset(found)


def without(plan: Plan, draft: Draft, scene: Scene) -> Draft:
    """The draft without the values that came from such records; itself when there are none."""
    gone = strangers(plan, draft, scene)
    held = {
        path: value for path, value in draft.values.items()
        if value.origin != "source" or (value.lookup or "", path) not in gone
    } if gone else draft.values
    return draft if len(held) == len(draft.values) else draft.model_copy(update={"values": held})


def _said_otherwise(value: Value) -> bool:
    return value.did in ("corrected", "contested") and value.fetched is not None


def _another(held: Value | None, told: object) -> bool:
    """Whether the citizen says that it is not the one a record names."""
    if held is None or not (held.origin == "citizen" or held.did == "contested"):
        return False
    return told not in (None, "") and not same(str(held.value).upper(), str(told).upper())


def _named_by(plan: Plan, path: str) -> str:
    """The path whose value says whom this one is about; empty when none does."""
    parsed = paths.parse(path)
    if parsed is None:
        return ""
    element = _naming(plan, parsed.subject, parsed.element)
    return paths.write(parsed.subject, parsed.index, element) if element else ""


@lru_cache(maxsize=4096)
def _naming(plan: Plan, subject: str, code: str) -> str:
    """The element beside ``code`` that says whom it is about: ``head_id_number`` for ``head_name``."""
    best: tuple[int, str] = (-1, "")
    for path, element in plan.elements.items():
        if path.startswith(f"{subject}."):
            prefix = _prefix(plan, subject, element)
            if prefix is not None and (code.startswith(prefix) or code == prefix.rstrip("_")):
                best = max(best, (len(prefix), element.code))
    return best[1]


def _prefix(plan: Plan, subject: str, element: Element) -> str | None:
    """What the codes of the fields begin with that an element is about; None when it names nobody. The plain number of
    what has a name is one as well: the paper of a shareholder, person or firm."""
    bare = element.type == "certificate_number" and element.code == "number" and f"{subject}.name" in plan.elements
    if element.type not in NAMING and not bare:
        return None
    return next((element.code.removesuffix(end) for end in _ENDS if element.code.endswith(end)), None)
