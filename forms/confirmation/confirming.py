"""Who else has to confirm, what exactly, and how that stands: read from the draft, never written here.

A confirmation is bound to who they are, to the text and to the values they were shown. When one of these changes it is
*stale* and asked for again; what was not shown may change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from forms import paths
from forms.confirmation.confirmer import Confirmer, ConfirmerState
from forms.confirmation.standing_in import BY_HAND
from forms.draft import Confirmed, Draft
from forms.logic.scene import Scene
from forms.logic.truth import TRUE, UNAVAILABLE, Truth, all_of
from forms.merging.gathering import subject_title
from forms.merging.merge import Merge
from forms.merging.merged import Finding
from forms.merging.plan import Plan
from forms.merging.planned import PlannedConfirmation
from forms.wording import words

Decision = Literal["confirmed", "declined"]
SUBMISSION = "submission"


def fingerprint(value: object) -> str:
    """A blind name for a value, so that a change is seen without keeping what it was."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]


def confirmers(plan: Plan, scene: Scene, merge: Merge) -> Iterator[Confirmer]:
    """Everybody who has to confirm in this draft, in the order of the content; never the one who has signed in."""
    for planned in plan.confirmations:
        wanted = planned.wanted
        if wanted.holds != SUBMISSION and wanted.holds not in merge.active:
            continue
        for index in scene.indexes(wanted.subject):
            bound = scene.at(wanted.subject, index)
            applies = all_of((plan.subject_when[wanted.subject](bound), planned.test(bound)))
            path = paths.write(wanted.subject, index, wanted.id_number)
            if applies in (TRUE, UNAVAILABLE) and not _signed_in(scene.draft, path):
                yield _confirmer(plan, scene, merge, planned, index, applies)


def _signed_in(draft: Draft, path: str) -> bool:
    return draft.login is not None and _text(draft, path).upper() == draft.login.id_number.upper()


def _text(draft: Draft, path: str) -> str:
    value = draft.values.get(path)
    return str(value.value) if value is not None and value.value is not None else ""


def _confirmer(
    plan: Plan, scene: Scene, merge: Merge, planned: PlannedConfirmation, index: int | None, applies: Truth
) -> Confirmer:
    wanted, draft = planned.wanted, scene.draft
    place = paths.place(wanted.subject, index)
    name, number = f"{place}.{wanted.name}", f"{place}.{wanted.id_number}"
    title = wanted.title or plan.definition.subjects[wanted.subject].title
    if scene.count(wanted.subject) > 1 and index is not None:
        title = words("nth", title=title, n=index)
    wanted_ones = tuple(_shown(scene, merge, planned, index))
    shown = tuple(path for path in wanted_ones if _text(draft, path))
    gaps = [path for path in wanted_ones if path not in shown and path in merge.fields and merge.fields[path].required]
    seen = {path: fingerprint(draft.values[path].value) for path in dict.fromkeys((name, number, *shown))
            if path in draft.values}
    key, paper = f"{wanted.code}:{place}", f"{wanted.instead}:{place}" if wanted.instead else ""
    version, given = fingerprint(wanted.says)[:12], draft.confirmations.get(key)
    state = _state(draft, given, version, seen, paper)
    if state in ("open", "stale") and not (_text(draft, name) and _text(draft, number)):
        state = "nobody" if number in merge.fields else "unsure"
    if applies is not TRUE and state != "confirmed":
        state = "unsure"
    answered = given is not None and state in ("confirmed", "declined")
    return Confirmer.model_construct(
        key=key, code=wanted.code, subject=wanted.subject, index=index, title=title, name=_text(draft, name),
        id_number=_text(draft, number), says=wanted.says, version=version, shown=shown,
        whole=not (wanted.shows and gaps), seen=seen, holds=wanted.holds,
        state=state, paper=paper if paper in merge.slots else "", at=given.at if given and answered else None,
        level=given.level if given and answered else 0, reason=given.reason if given and answered else "",
    )


def _shown(scene: Scene, merge: Merge, planned: PlannedConfirmation, index: int | None) -> Iterator[str]:
    """Paths of what they see: those the content lists, else all of the form that is about them."""
    wanted = planned.wanted
    if not wanted.shows and (wanted.name, wanted.id_number) == ("name", "id_number"):
        yield from (path for path, f in merge.fields.items() if (f.subject, f.index) == (wanted.subject, index))
    elif not wanted.shows:
        yield from (paths.write(wanted.subject, index, element) for element in (wanted.name, wanted.id_number))
    for text in wanted.shows:
        path = paths.parse(text)
        if path is None:
            continue
        own = (index,) if path.subject == wanted.subject else scene.indexes(path.subject)
        for i in own if path.index is None else (path.index,):
            yield paths.write(path.subject, i, path.element)


def _state(
    draft: Draft, given: Confirmed | None, version: str, seen: dict[str, str], paper: str
) -> ConfirmerState:
    same = given is not None and given.version == version and all(
        path in draft.values and fingerprint(draft.values[path].value) == was for path, was in given.seen.items()
    ) and all(path in given.seen for path in list(seen)[:2])
    if given is not None and same and given.decision == "confirmed":
        return "confirmed"
    if paper and paper in draft.materials and draft.materials[paper].way in BY_HAND:
        return "paper"
    if given is None:
        return "open"
    if same:
        return "declined"
    return "stale" if given.decision == "confirmed" else "open"


def decided(
    who: Confirmer, decision: Decision, *, id_: str, at: datetime, level: int, reason: str = ""
) -> Confirmed:
    """What somebody decided about exactly what ``who`` says they were shown."""
    return Confirmed(
        id=id_, decision=decision, at=at, level=level, version=who.version, who=fingerprint(who.id_number),
        seen=who.seen, reason=reason.strip().rstrip("。.！!") if decision == "declined" else "",
    )


def findings(plan: Plan, found: tuple[Confirmer, ...], merge: Merge) -> Iterator[Finding]:
    """What is missing, as findings that block or hold one leg; what data left open goes to a person."""
    titles = {planned.item.code: planned.item.title for planned in plan.items}
    for who in found:
        if who.done:
            continue
        gates = who.holds if who.holds != SUBMISSION else None
        says = words(f"confirm_{who.state}", title=who.title, reason=who.reason)
        if who.paper and who.state in ("open", "stale", "declined"):
            says += words("confirm_paper", paper=merge.slots[who.paper].title)
        if gates and who.state != "unsure":
            says += words("confirm_gate", item=titles.get(gates, gates))
        level = "manual" if who.state == "unsure" else "gate" if gates else "block"
        yield Finding(
            rule=who.code, level=level, about=f"confirmation:{who.key}", says=says,
            gates=gates if level == "gate" else None,
        )


def title(plan: Plan, scene: Scene, about: str) -> str:
    """What ``confirmation:key`` is called: 「卖方2 · 本人确认」."""
    code, _, place = about.removeprefix("confirmation:").partition(":")
    wanted = next((planned.wanted for planned in plan.confirmations if planned.wanted.code == code), None)
    known = paths.parse_place(place)
    if wanted is None or known is None or known[0] not in plan.definition.subjects:
        return about
    who = wanted.title or subject_title(plan, known[0], known[1], scene.count(known[0]))
    return words("confirm_title", title=who)
