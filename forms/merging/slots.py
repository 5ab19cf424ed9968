"""How each material is provided: the first way that works, in the order the material lists them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from forms import paths
from forms.content.material_schema import Way
from forms.content.schema import Lookup
from forms.draft import Draft, Fact, MaterialAnswer
from forms.filling import evidence
from forms.filling.proofs import licence_code
from forms.merging.merged import Slot

_GONE_WORDS = "revoked cancelled expired suspended invalid 注销 吊销 撤销 过期 失效 暂停"
GONE = frozenset(_GONE_WORDS.split())
"""States of a licence that no longer stands for the paper."""
NO = ("no", "False", "0")
"""How sources say no."""
BY_HAND = ("upload", "window")


def choose(
    draft: Draft, lookups: Mapping[str, Lookup], slots: Mapping[str, Slot], today: date, now: datetime
) -> Draft:
    """Fill every slot that fills itself; what the citizen gave stays. A slot left out is one still to ask for."""
    answers = dict(draft.materials)
    for key, slot in slots.items():
        given = answers.get(key)
        if given is not None and given.way in BY_HAND and any(way.way == given.way for way in slot.ways):
            continue
        found = _way(draft, lookups, slot, given, today)
        if found is None:
            answers.pop(key, None)
        elif given is None or (given.way, given.reference) != found:
            answers[key] = MaterialAnswer(way=found[0], at=now, reference=found[1])
    return draft if answers == draft.materials else draft.model_copy(update={"materials": answers})


def _way(
    draft: Draft, lookups: Mapping[str, Lookup], slot: Slot, given: MaterialAnswer | None, today: date
) -> tuple[str, str] | None:
    """(way, reference), or None when the next way in line is one the citizen must do by hand, or may: to bring a paper
    later is a duty with a day, so it is their choice where it can be handed in now."""
    place = paths.place(slot.subject, slot.index)
    for way in slot.ways:
        match way.way:
            case "licence":
                fact = draft.facts.get(licence_code(way.licence or "", place))
                number = licence_number(fact, today)
                if number is not None:
                    return "licence", number
            case "verified":
                fact = verifying(draft, lookups, way, place)
                if fact is not None:
                    return "verified", fact.query_id or ""
            case "generated" | "pledge":
                return way.way, ""
            case "deferred" if not any(other.way == "upload" for other in slot.ways):
                return way.way, ""
            case _:
                chosen = given is not None and any(other.way == given.way for other in slot.ways)
                return (given.way, given.reference) if given is not None and chosen and _stays(given) else None
    return None


def _stays(given: MaterialAnswer) -> bool:
    return given.way in ("pledge", "deferred")


def licence_number(fact: Fact | None, today: date) -> str | None:
    """Number of the first valid licence in an answer, or None."""
    for record in fact.records if fact is not None and fact.outcome == "got" else ():
        until = str(record.get("valid_to") or "")
        over = until[:1].isdigit() and until[:10] < today.isoformat()
        if str(record.get("status") or "") not in GONE and not over:
            return str(record.get("number") or fact.query_id if fact else "")
    return None


def _over(record: Mapping[str, Any]) -> bool:
    """Whether a record says of itself that it holds no more."""
    return str(record.get("status") or "") in GONE or str(record.get("valid", "yes")) in NO


def verifying(draft: Draft, lookups: Mapping[str, Lookup], way: Way, place: str) -> Fact | None:
    """The answer that stands for a paper, which is about this very subject. ``lookups`` are those of the one-thing."""
    for fact in draft.facts.values():
        about = evidence.records(fact, lookups, place) if fact.source == way.source else None
        if about is None or fact.outcome != "got":
            continue
        if way.attribute in ("found", "") and (not fact.records or any(not _over(one) for one in about)):
            return fact
        if any(_says(way, record.get(way.attribute)) for record in about):
            return fact
    return None


def _says(way: Way, told: Any) -> bool:
    return str(told) in way.in_ if way.in_ else bool(told) and str(told) not in NO
