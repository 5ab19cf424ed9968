"""The table of one turn: who talks, the draft in hand as it is stored, and the desk a step looks at."""

from __future__ import annotations

from uuid import uuid4

from bot.amounts import entries_in
from bot.dialogue.desk import Desk
from bot.models import Citizen, Conversation
from bot.parts import Parts
from bot.render.paper import consent_block
from core.clock import now
from core.errors import NotSignedIn
from forms.draft import Consent, Draft, Login
from forms.drafts import StoredDraft
from forms.engine import Engine


class Table:
    """What one turn works with. The stored draft carries the revision it was read at."""

    def __init__(self, parts: Parts, row: Conversation, person: Citizen | None) -> None:
        self._parts, self._person, self._row = parts, person, row
        self.owner = row.owner
        self.stored: StoredDraft | None = None

    @property
    def citizen_id(self) -> str:
        """Of the person signed in. Raises `NotSignedIn`."""
        if self._person is None:
            raise NotSignedIn()
        return str(self._person.id)

    @property
    def actor(self) -> str:
        """For the audit log."""
        return self.owner

    @property
    def subject(self) -> str:
        """What this talk is called in the audit log."""
        return f"talk:{self._row.id}"

    @property
    def login(self) -> Login | None:
        """The person signed in, as forms know them."""
        if self._person is None:
            return None
        one = self._person
        return Login(name=one.name, id_number=one.id_number, phone=one.phone, level=one.level)

    @property
    def held(self) -> StoredDraft:
        """The draft in hand as it is stored."""
        if self.stored is None:
            raise LookupError("no draft on the table")
        return self.stored

    @property
    def draft(self) -> Draft:
        """The draft in hand."""
        return self.held.draft

    @property
    def draft_id(self) -> str:
        """Id of the draft in hand."""
        return self.stored.id if self.stored else ""

    def hold(self, stored: StoredDraft) -> None:
        """Take a stored draft in hand."""
        self.stored = stored

    def clear(self) -> None:
        """Put the draft away."""
        self.stored = None

    async def load(self, draft_id: str) -> None:
        """Take the citizen's draft in hand. Raises `NotFound`."""
        self.stored = await self._parts.forms.get(draft_id, self.citizen_id)

    async def save(self, draft: Draft) -> None:
        """Store the draft over the revision it was read at. Raises `NotNow` (``reason=stale``)."""
        if self.stored is None:
            raise LookupError("no draft on the table")
        before = self.stored.draft
        if draft == before:
            return
        known = before.values
        changed = [path for path, value in draft.values.items()
                   if known.get(path) is not value and known.get(path) != value]
        changed += [f"situation:{code}" for code, one in draft.situations.items() if before.situations.get(code) != one]
        changed += ["region"] if draft.region != before.region else []
        held = self.stored
        self.stored = await self._parts.forms.save(held.id, self.citizen_id, draft, held.revision, changed)

    def consent(self, engine: Engine, *, given: bool) -> Consent:
        """The consent to what the draft in hand wants to look up, as it was shown."""
        wanted = engine.consent(self.draft)
        return Consent(
            id=uuid4().hex, given=given, purpose=wanted.purpose, sources=[code for code, _ in wanted.sources],
            items=list(wanted.items), text=consent_block(self.desk(), wanted).plain, at=now(),
        )

    def desk(self) -> Desk:
        """What a step may look at now."""
        parts = self._parts
        region = self.stored.draft.region if self.stored else parts.places.default
        return Desk(
            say=parts.wording, matters=entries_in(parts.catalogue.entries, parts.engine.bank, region),
            engine=parts.engine,
            draft=self.stored.draft if self.stored else None, signed_in=self._person is not None,
            name=self._person.name if self._person else "", region=parts.places.default,
            places=parts.places,
        )
