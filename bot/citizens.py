"""Citizens: found or made from a signed-in person, shown to themselves, forgotten on request."""

from __future__ import annotations

from uuid import UUID, uuid4

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from bot.models import Citizen, Session
from core.audit import record
from core.clock import now
from core.crypto import keyring
from core.errors import NotFound
from forms.draft import Login
from integrations.identity.base import Person


async def citizen_for(person: Person) -> Citizen:
    """The citizen with this id number, made when they come for the first time; name, phone and level are renewed."""
    index = keyring().fingerprint(person.id_number)
    citizen = await Citizen.get_or_none(id_index=index)
    if citizen is None:
        try:
            citizen = await Citizen.create(
                id=uuid4(), name=person.name, id_number=person.id_number, id_index=index, phone=person.phone,
                level=person.level, created_at=now(),
            )
        except IntegrityError:  # signed in twice at once: the other one was first
            citizen = await Citizen.get(id_index=index)
    citizen.name, citizen.phone, citizen.level = person.name, person.phone, person.level
    await citizen.save(update_fields=["name", "phone", "level"])
    await record(f"citizen:{citizen.id}", "citizen.sign_in", f"citizen:{citizen.id}", details={"level": person.level})
    return citizen


async def login_of(citizen_id: str) -> Login:
    """What drafts may know of the citizen. Raises `NotFound` for one who was forgotten."""
    citizen = await Citizen.get_or_none(id=UUID(citizen_id), deleted_at__isnull=True)
    if citizen is None:
        raise NotFound()
    return Login(name=citizen.name, id_number=citizen.id_number, phone=citizen.phone, level=citizen.level)


async def forget(citizen_id: str) -> None:
    """Remove what names the citizen and end their sessions; what the law keeps (open cases, audit) stays."""
    gone = f"gone:{citizen_id}"
    async with in_transaction():
        await Citizen.filter(id=UUID(citizen_id)).update(
            name="", id_number="", phone="", id_index=keyring().fingerprint(gone), deleted_at=now()
        )
        await Session.filter(citizen_id=UUID(citizen_id)).delete()
        await record(f"citizen:{citizen_id}", "citizen.forget", f"citizen:{citizen_id}")
