"""A stored draft as the form page shows it: every field with its value, its source, and whether it may be changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.case_sights import day
from bot.dialogue.desk import Desk
from bot.places import Places
from bot.render.others import ASKABLE, other_row
from bot.render.paper import numbers_block
from bot.web.shapes import (
    Choice,
    ConfirmerOut,
    ConsentOut,
    DraftBrief,
    DraftOut,
    FieldOut,
    FileOut,
    PlaceOut,
    Remark,
    SectionOut,
    SituationOut,
    SlotOut,
    WayOut,
)
from bot.web.words import page_words
from bot.wording.wording import Wording
from core.clock import in_china
from forms.confirmation.confirmation_data import Link
from forms.confirmation.confirmer import Confirmer
from forms.content.element_schema import Option
from forms.content.schema import Situation
from forms.draft import SituationAnswer, Value
from forms.drafts import StoredDraft, StoredFile
from forms.engine import Engine
from forms.merging.merged import Field, Slot

KNOWN = ("source", "login", "result")
OURS = ("generated", "licence", "verified")
"""Ways in which nothing is asked of the citizen."""


@dataclass(frozen=True)
class Sight:
    """What is needed to show one draft. ``allowed`` is None when everything may be changed."""

    engine: Engine
    say: Wording
    held: StoredDraft
    files: tuple[StoredFile, ...] = ()
    case: str = ""
    allowed: frozenset[str] | None = None
    demands: Mapping[str, str] = field(default_factory=dict)
    """What the open notice says of a path, ``material:key`` or ``situation:code``."""
    links: Mapping[str, Link] = field(default_factory=dict)
    """The last link given out for each confirmation."""
    places: Places | None = None
    """The regions to choose from."""
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        desk = Desk(say=self.say, matters={}, engine=self.engine, draft=self.held.draft, places=self.places)
        object.__setattr__(self, "desk", desk)

    def open(self, about: str) -> bool:
        """Whether the draft, and this place of it, may be changed now."""
        if self.held.state not in ("open", "correcting"):
            return False
        opened = self.allowed
        return opened is None or about in opened or any(one.startswith("situation:") for one in opened)

    def demanded(self, about: str) -> str:
        """What the open notice says of a place, as a sentence; empty when it says nothing."""
        says = self.demands.get(about, "")
        return self.say("correction.here", says=says) if says else ""

    def shut(self) -> str:
        """Why a place that is not open is not."""
        return page_words()("form.not_reopened" if self.held.state == "correcting" else "form.closed")


def brief(held: StoredDraft, engine: Engine) -> dict[str, Any]:
    """The head of a draft."""
    return DraftBrief(
        id=held.id, one_thing=held.draft.one_thing, title=engine.bank.definitions[held.draft.one_thing].title,
        state=held.state, revision=held.revision, updated_at=held.updated_at.isoformat(),
    ).model_dump()


def draft_view(sight: Sight) -> DraftOut:
    """The whole of it."""
    engine, draft = sight.engine, sight.held.draft
    form, numbers = engine.merged(draft), engine.numbers(draft)
    todo, offline, findings = engine.questions(draft), engine.offline(draft), engine.review(draft)
    block: Any = numbers_block(sight.desk, numbers)
    blocked = any(one.level == "block" for one in findings)
    return DraftOut(
        **brief(sight.held, engine), place=_place(sight), consent=_consent(sight),
        situations=[_situation(sight, found, answer) for found, answer in engine.situations(draft)],
        sections=[
            SectionOut(title=section.title, fields=[_field(sight, one) for one in section.fields])
            for section in form.sections
        ],
        materials=[_slot(sight, slot) for slot in form.slots],
        others=[_other(sight, who) for who in engine.confirmations(draft)],
        findings=[
            Remark(level=one.level, about=one.about, title=engine.title(draft, one.about), says=one.says)
            for one in findings
        ],
        left=len(todo), next=_path(todo[0].kind, todo[0].key) if todo else "",
        offline=offline.offline if offline else "", offline_where=_window(sight, offline.office) if offline else "",
        numbers=numbers.model_dump(), facts=list(block.facts),
        heading=block.title, pledge=engine.bank.definitions[draft.one_thing].pledge,
        can_submit=not (todo or offline or blocked) and sight.held.state in ("open", "correcting"), case=sight.case,
    )


def _place(sight: Sight) -> PlaceOut | None:
    region = sight.held.draft.region
    return PlaceOut(region=region, title=sight.desk.place(region)) if sight.desk.several else None


def _other(sight: Sight, who: Confirmer) -> ConfirmerOut:
    link, row = sight.links.get(who.key), other_row(sight.desk, who)
    return ConfirmerOut(
        key=who.key, title=who.title, name=row.name, text=who.says, state=who.state, says=row.says,
        missing=who.state in ASKABLE and sight.held.state != "withdrawn",
        spares=len(sight.engine.spares(sight.held.draft).get(who.key, ())), paper=who.paper, paper_title=row.paper,
        link=link.state if link else "",
        link_until=day(in_china(link.expires_at).date(), sight.say) if link else "",
    )


def _window(sight: Sight, office: str) -> str:
    return sight.engine.whereto(sight.held.draft.region, office).says if office else ""


def _nearby(sight: Sight, office: str) -> str:
    """The same, short enough to stand on a button."""
    return sight.engine.whereto(sight.held.draft.region, office).short if office else ""


def _path(kind: str, key: str) -> str:
    return key if kind == "field" else f"{kind}:{key}"


def _consent(sight: Sight) -> ConsentOut:
    wanted, given = sight.engine.consent(sight.held.draft), sight.held.draft.consent
    return ConsentOut(
        given=given.given if given else None, text=wanted.text, sources=[title for _, title in wanted.sources]
    )


def _choices(options: Iterable[Option]) -> list[Choice]:
    return [Choice(value=one.value, label=one.label, help=one.help, effect=one.effect) for one in options]


def _situation(sight: Sight, found: Situation, answer: SituationAnswer | None) -> SituationOut:
    key = f"situation:{found.code}"
    opened = sight.open(key)
    return SituationOut(
        key=key, question=found.question, help=found.help, why=found.why, multi=found.type == "multi",
        options=_choices(found.options), value=answer.value if answer else None,
        source=sight.say(f"origin.{answer.origin}") if answer else "", editable=opened,
        decided=bool(answer and answer.origin == "decided"),
        reason="" if opened else sight.shut(), demand=sight.demanded(key),
    )


def _field(sight: Sight, one: Field) -> FieldOut:
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


def _slot(sight: Sight, slot: Slot) -> SlotOut:
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
