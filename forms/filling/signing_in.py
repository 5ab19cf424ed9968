"""Putting the login's own data into the form: into the subject that the applicant is, at their own place among several.

Whoever signs in stands first among several (two buyers, three heirs) until a register lists them at another place. Then
their data and what they typed about themselves moves there, and the register's own words come back where they stood.
"""

from __future__ import annotations

from datetime import datetime

from forms import paths
from forms.draft import Draft, Login, Value
from forms.filling.deriving import SOFT
from forms.logic.scene import Scene
from forms.logic.truth import FALSE, TRUE
from forms.merging.plan import Plan

OWN = ("name", "id_number", "phone")
"""Elements that a login tells."""
Values = dict[str, Value]


def sign_in(plan: Plan, draft: Draft, scene: Scene, now: datetime) -> Draft:
    """Put the login's name, id number and phone into the subject that the applicant turns out to be."""
    if draft.login is None:
        return draft
    subject = _applicant(plan, scene)
    own = own_place(scene, subject, draft.login) if subject is not None else ""
    values = _elsewhere_given_back(draft.values, subject, own)
    if own:
        for element in OWN:
            path, given = f"{own}.{element}", getattr(draft.login, element)
            old = values.get(path)
            free = old is None or old.origin in SOFT
            if given and free and plan.element(path) is not None:
                values[path] = Value(value=given, origin="login", at=now)
    return draft if values == draft.values else draft.model_copy(update={"values": values})


def own_place(scene: Scene, subject: str, login: Login) -> str:
    """Where in the form the login stands: where a register lists them, else the first place that is not known to be
    somebody else's; empty when all are."""
    if not scene.repeats(subject):
        return subject
    places = [paths.place(subject, index) for index in scene.indexes(subject)]
    told = {place: _whose(scene.draft, place, login) for place in places}
    open_ones = [place for place in places if told[place] != "other"]
    return min(open_ones, key=lambda place: _ORDER.index(told[place]), default="")


_ORDER = ("listed", "said", "free")


def _whose(draft: Draft, place: str, login: Login) -> str:
    """Who stands at a place: the login, as a source ``listed`` or the login ``said``; an ``other``; nobody (``free``).

    A name tells where a source tells no number.
    """
    number, name = draft.values.get(f"{place}.id_number"), draft.values.get(f"{place}.name")
    if number is not None and number.origin not in ("login", *SOFT):
        if str(number.value).upper() != login.id_number.upper():
            return "other"
        return "listed" if number.origin == "source" else "free"
    if name is not None and name.origin == "source":
        return "listed" if name.value == login.name else "other"
    return "said" if number is not None and number.origin == "login" else "free"


def _elsewhere_given_back(values: Values, subject: str | None, own: str) -> Values:
    """The values without the login's at any place but their own; what was typed there about them goes along."""
    found, left = dict(values), set()
    for path, value in values.items():
        if value.origin == "login" and path.rpartition(".")[0] != own:
            left.add(path.rpartition(".")[0])
            _give_back(found, path, value)
    for place in left if own else ():
        if place.partition("[")[0] == subject:
            _move(found, place, own)
    return found


def _move(values: Values, place: str, own: str) -> None:
    """What was typed at a place about oneself goes to one's own; what was typed there about another comes back."""
    for path, value in list(values.items()):
        if value.origin == "citizen" and path.startswith(f"{place}."):
            target = f"{own}.{path.rpartition('.')[2]}"
            old = values.get(target)
            if old is None or old.origin in (*SOFT, "citizen"):
                values[target] = value.model_copy(update=_BARE)
            _give_back(values, path, value)
            if old is not None and old.origin == "citizen" and path not in values:
                values[path] = old


_BARE = {"source": None, "lookup": None, "query_id": None, "did": None, "fetched": None, "fetched_at": None,
         "valid_until": None}


def _give_back(values: Values, path: str, value: Value) -> None:
    """What the source said in the place of what was said over it; nothing when it said nothing."""
    if value.fetched is not None and value.source is not None:
        marks = {"value": value.fetched, "origin": "source", "fetched": None, "did": "kept", "reason": ""}
        values[path] = value.model_copy(update=marks)
    else:
        values.pop(path, None)


def _applicant(plan: Plan, scene: Scene) -> str | None:
    """The first applicant rule that holds; none while an earlier one is still unknown."""
    for subject, when in plan.applicant:
        result = when(scene)
        if result is TRUE:
            return subject
        if result is not FALSE:
            return None
    return None
