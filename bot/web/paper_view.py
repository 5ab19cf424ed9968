"""A stored draft as the form page shows it: every row, who else must confirm, what is left, what the numbers are."""

from __future__ import annotations

from typing import Any

from bot.case_sights import day
from bot.render.others import ASKABLE, other_row
from bot.render.paper import numbers_block
from bot.web.paper_rows import field_row, situation_row, slot_row
from bot.web.shapes import (
    ConfirmerOut,
    ConsentOut,
    DraftBrief,
    DraftOut,
    PlaceOut,
    Remark,
    SectionOut,
)
from bot.web.sight import Sight
from core.clock import in_china
from forms.confirmation.confirmer import Confirmer
from forms.drafts import StoredDraft
from forms.engine import Engine


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
        situations=[situation_row(sight, found, answer) for found, answer in engine.situations(draft)],
        sections=[
            SectionOut(title=section.title, fields=[field_row(sight, one) for one in section.fields])
            for section in form.sections
        ],
        materials=[slot_row(sight, slot) for slot in form.slots],
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


def _path(kind: str, key: str) -> str:
    return key if kind == "field" else f"{kind}:{key}"


def _consent(sight: Sight) -> ConsentOut:
    wanted, given = sight.engine.consent(sight.held.draft), sight.held.draft.consent
    return ConsentOut(
        given=given.given if given else None, text=wanted.text, sources=[title for _, title in wanted.sources]
    )
