"""One row of the form page: a situation, field or material, its value, its source, and whether it may be changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.web.shapes import (
    Choice,
    FieldOut,
    FileOut,
    SituationOut,
    SlotOut,
    WayOut,
)
from bot.web.sight import Sight
from bot.web.words import page_words
from forms.content.element_schema import Option
from forms.content.schema import Situation
from forms.draft import SituationAnswer, Value
from forms.merging.merged import Field, Slot

KNOWN = ("source", "login", "result")
OURS = ("generated", "licence", "verified")
"""Ways in which nothing is asked of the citizen."""


def _nearby(sight: Sight, office: str) -> str:
    """Where an office is, short enough to stand on a button."""
    return sight.engine.whereto(sight.held.draft.region, office).short if office else ""


def _choices(options: Iterable[Option]) -> list[Choice]:
    return [Choice(value=one.value, label=one.label, help=one.help, effect=one.effect) for one in options]


def situation_row(sight: Sight, found: Situation, answer: SituationAnswer | None) -> SituationOut:
    """A question that selects items, with its answer or None."""
    key = f"situation:{found.code}"
    opened = sight.open(key)
    return SituationOut(
        key=key, question=found.question, help=found.help, why=found.why, multi=found.type == "multi",
        options=_choices(found.options), value=answer.value if answer else None,
        source=sight.say(f"origin.{answer.origin}") if answer else "", editable=opened,
        decided=bool(answer and answer.origin == "decided"),
        reason="" if opened else sight.shut(), demand=sight.demanded(key),
    )


def field_row(sight: Sight, one: Field) -> FieldOut:
    """A field of the form; what data brought and may not be changed says why."""
    engine, draft = sight.engine, sight.held.draft
    value = draft.values.get(one.path)
    value = None if value is None or value.value is None else value
    locked = value is not None and one.edit == "locked" and value.origin in KNOWN
    opened = sight.open(one.path)
    items = engine.bank.items
    return FieldOut(
        path=one.path, label=one.title, ask=one.ask, help=one.help, why=one.why, type=one.element.type,
        options=_choices(one.options), required=bool(one.required),
        unknown=one.unknown if one.required else "", value=_editable(sight, one, value),
        shown=engine.masked(draft, one.path) if value else "",
        source=engine.describe(draft, one.path).text if value else "", status=_status(sight, one, value),
        edit=one.edit, editable=opened and not locked, reason=_reason(sight, value, opened=opened, locked=locked),
        demand=sight.demanded(one.path),
        may_contest=opened and value is not None and value.origin == "source" and one.edit != "free",
        asked_by=list(dict.fromkeys(items[code].department for code in one.asked_by if code in items)),
        example=one.element.example, unit=one.element.unit,
    )


def _editable(sight: Sight, one: Field, value: Value | None) -> Any:
    """What an input may hold. A personal value that data brought does not leave the house unmasked."""
    if value is None:
        return None
    hidden = sight.engine.masked(sight.held.draft, one.path) != sight.engine.shown(sight.held.draft, one.path)
    return None if hidden and value.origin != "citizen" else value.value


def _status(sight: Sight, one: Field, value: Value | None) -> Any:
    if value is None:
        return "skipped" if one.path in sight.held.draft.skipped else "missing"
    if value.did in ("corrected", "contested"):
        return value.did
    return "filled" if value.origin == "citizen" else "known"


def _reason(sight: Sight, value: Value | None, *, opened: bool, locked: bool) -> str:
    if not opened:
        return sight.shut()
    if not locked or value is None:
        return ""
    titles = sight.engine.bank.titles
    if value.origin == "source":
        return sight.say("check.locked", source=titles.get(value.source or "", value.source or ""))
    return page_words()("form.from_login" if value.origin == "login" else "form.from_result")


def slot_row(sight: Sight, slot: Slot) -> SlotOut:
    """A material, the ways to give it that ask something of the citizen, and the files that lie there."""
    say, given, material = sight.say, sight.held.draft.materials.get(slot.key), slot.material
    key = f"material:{slot.key}"
    opened = sight.open(key)
    ways = [
        WayOut(way=one.way, text=f"{one.text}{_nearby(sight, one.office)}", label=say(f"way.{one.way}"))
        for one in slot.ways if one.way not in OURS
    ]
    return SlotOut(
        key=key, slot=slot.key, title=slot.title, help=material.help, format=material.format, basis=material.basis,
        required=bool(slot.required), given=given.way if given else "",
        given_words=say(f"way.{given.way}") if given else "", ways=ways,
        files=[FileOut(id=one.id, name=one.name, mime=one.mime, size=one.size)
               for one in sight.files if one.slot == slot.key],
        accept=list(material.accept), max_mb=material.max_mb,
        editable=opened and (key in sight.demands or not (given and given.way in OURS)),
        reason="" if opened else sight.shut(), demand=sight.demanded(key),
    )
