"""Putting a value by hand: what may be put where, and what becomes of a value that data brought."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from core.errors import InvalidAnswer
from forms import paths
from forms.content.element_schema import Edit, Element
from forms.draft import Draft, Value
from forms.logic.compare import same
from forms.logic.scene import Scene
from forms.merging.merge import Merge
from forms.merging.plan import Plan
from forms.values import canonical

KNOWN = ("source", "login")
"""Origins that speak with an authority's voice."""


def written(
    plan: Plan, scene: Scene, merge: Merge, draft: Draft, path: str, raw: object, origin: Literal["citizen", "result"],
    now: datetime,
) -> Value:
    """The value that ``raw`` becomes. Raises `InvalidAnswer`: not_in_form, locked, or what its element says."""
    element = _element(plan, scene, merge, path)
    read = canonical.read(
        element, raw, path=path, today=scene.today, options=plan.options.get(paths.unindexed(path), ())
    )
    old = draft.values.get(path)
    if origin != "citizen":
        return Value(value=read, origin=origin, at=now)
    if old is not None and old.origin in KNOWN:
        return _over_known(old, read, element, path, now)
    if old is not None and old.origin == "derived" and not same(old.value, read) and _derived(plan, path) == "locked":
        raise InvalidAnswer(path, "locked", None, contest=False)
    if old is not None and old.fetched is not None:
        return _over_corrected(old, read, now)
    return Value(value=read, origin="citizen", at=now)


def _element(plan: Plan, scene: Scene, merge: Merge, path: str) -> Element:
    parsed, element = paths.parse(path), plan.element(path)
    if parsed is None or element is None or parsed.index not in scene.indexes(parsed.subject):
        raise InvalidAnswer(path, "not_in_form")
    if path in merge.given and path not in merge.fields and path not in merge.possible:
        raise InvalidAnswer(path, "not_in_form")
    bare = paths.unindexed(path)
    if path not in merge.fields and path not in merge.possible and bare not in plan.keys and bare not in plan.read:
        raise InvalidAnswer(path, "not_in_form")
    return element


def _over_known(old: Value, read: Any, element: Element, path: str, now: datetime) -> Value:
    """A fetched value put again: the same is kept, a locked one may only be contested, others are corrected."""
    if old.did != "contested" and same(old.value, read):
        return old.model_copy(update={"did": "kept"})
    if old.did == "contested" and same(old.fetched, read):
        return old.model_copy(update={"value": old.fetched, "fetched": None, "did": "kept", "reason": ""})
    if old.did == "contested" and same(old.value, read):
        return old
    if element.edit == "locked":
        raise InvalidAnswer(path, "locked", None, contest=old.origin == "source")
    if element.edit == "free":
        return Value(value=read, origin="citizen", at=now)
    fetched = old.fetched if old.did == "contested" else old.value
    update = {"value": read, "origin": "citizen", "at": now, "did": "corrected", "fetched": fetched, "reason": ""}
    return old.model_copy(update=update)


def _over_corrected(old: Value, read: Any, now: datetime) -> Value:
    """A correction put again; saying what the source says takes the correction back."""
    if same(old.fetched, read) and old.source is not None:
        back = {"value": old.fetched, "origin": "source", "did": "kept", "fetched": None, "at": now}
        return old.model_copy(update=back)
    return old.model_copy(update={"value": read, "at": now, "did": "corrected"})


def _derived(plan: Plan, path: str) -> Edit:
    bare = paths.unindexed(path)
    return next((d.edit for d, _ in plan.derivations if d.path in (path, bare)), "free")


def contested(
    plan: Plan, scene: Scene, draft: Draft, path: str, claimed: object, reason: str, now: datetime
) -> Value:
    """A fetched value that the citizen says is wrong. Raises `InvalidAnswer`: not_contestable, or a bad claim."""
    old, element = draft.values.get(path), plan.element(path)
    if old is None or element is None or (old.origin != "source" and old.fetched is None):
        raise InvalidAnswer(path, "not_contestable")
    options = plan.options.get(paths.unindexed(path), ())
    read = canonical.read(element, claimed, path=path, today=scene.today, options=options)
    fetched = old.fetched if old.fetched is not None else old.value
    marks = {"origin": "source", "did": "contested", "fetched": fetched, "reason": reason[:500], "at": now}
    return old.model_copy(update={"value": read, **marks})


def whole(path: str, raw: object) -> int:
    """A whole number, as people write it. Raises `InvalidAnswer`."""
    element = Element(code="count", title="", type="number", at_least=0, at_most=99)
    return int(canonical.read(element, raw, path=path, today=date(2000, 1, 1)))
