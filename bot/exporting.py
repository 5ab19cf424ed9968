"""Everything held about one citizen, as one document: for themselves, and for those who answer in writing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from bot.keeping import export_talk
from bot.models import Citizen, Session
from cases.service import CaseService
from core.clock import now
from core.models import AuditEvent
from forms.confirmation.confirmations import Confirmations
from forms.service import FormService


async def everything_about(
    forms: FormService, cases: CaseService, confirmations: Confirmations, citizen_id: str
) -> dict[str, Any]:
    """The person, sessions, drafts with files, cases, the talk, and every look-up made in their name."""
    return {
        "exported_at": now().isoformat(), "person": await _person(citizen_id), "sessions": await _sessions(citizen_id),
        "drafts": await _drafts(forms, citizen_id), "cases": await cases.export(citizen_id),
        "confirmed_for_others": await confirmations.given_by(citizen_id),
        "talk": await export_talk(f"citizen:{citizen_id}"), "log": await _log(citizen_id),
    }


async def _person(citizen_id: str) -> dict[str, Any]:
    one = await Citizen.get(id=UUID(citizen_id))
    return {
        "name": one.name, "id_number": one.id_number, "phone": one.phone, "level": one.level, "elder": one.elder,
        "scale": one.scale, "since": one.created_at.isoformat(),
    }


async def _sessions(citizen_id: str) -> list[dict[str, str]]:
    rows = await Session.filter(citizen_id=UUID(citizen_id)).order_by("created")
    return [
        {"created": one.created.isoformat(), "seen": one.seen.isoformat(), "expires": one.expires.isoformat()}
        for one in rows
    ]


async def _drafts(forms: FormService, citizen_id: str) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id, "state": one.state, "updated_at": one.updated_at.isoformat(),
            "draft": one.draft.model_dump(mode="json"),
            "files": [{"id": f.id, "name": f.name, "size": f.size, "slot": f.slot}
                      for f in await forms.files.list_of(one.id, citizen_id)],
        }
        for one in await forms.kept_of(citizen_id)
    ]


async def _log(citizen_id: str) -> list[dict[str, Any]]:
    rows = await AuditEvent.filter(actor=f"citizen:{citizen_id}").order_by("id").limit(5000)
    return [
        {"at": row.at.isoformat(), "what": row.action, "about": row.subject, "outcome": row.outcome,
         "details": row.details}
        for row in rows
    ]
