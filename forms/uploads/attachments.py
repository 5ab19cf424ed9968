"""Files given for material slots: taken after inspection, kept encrypted, read back and deleted by their owner only."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from core.audit import record
from core.clock import now
from core.errors import InvalidAnswer, NotFound, NotNow
from forms.content.material_schema import Material
from forms.drafts import EDITABLE, LATE, State, StoredDraft, StoredFile, stored_file
from forms.models import DraftRow, Upload
from forms.uploads.files import FileStore
from forms.uploads.inspection import Scanner, inspect
from forms.uploads.stripping import Untidy, stripped

MOST_FILES = 60
"""Files one draft may hold."""

Owner = Callable[[str, str | None], Awaitable[StoredDraft]]


class Attachments:
    """The files of drafts."""

    def __init__(self, store: FileStore, scanner: Scanner, draft_of: Owner) -> None:
        self._store, self._scanner, self._draft_of = store, scanner, draft_of

    async def add(
        self, draft_id: str, citizen_id: str, slot: str, material: Material, name: str, declared: str, content: bytes,
        *, late: bool = False,
    ) -> StoredFile:
        """Take one file for ``slot``, a photo without where and when it was taken. The same bytes given twice for a
        slot are one file. ``late``: also after the draft was handed in, for a paper that may come later; the caller
        has checked that it may.

        Raises `InvalidAnswer` about ``material:<slot>`` (``file_empty``, ``file_size``, ``file_type``,
        ``file_heic``, ``file_infected``, ``file_broken``), `NotNow` (``closed``, ``too_many_files``), `NotFound`.
        """
        held = await self._draft_of(draft_id, citizen_id)
        states = LATE if late else EDITABLE
        if held.state not in states:
            raise NotNow(reason="closed", state=held.state)
        inspected = inspect(material, slot, name, declared, content)
        verdict = await self._scanner.scan(content)
        if verdict == "infected":
            await record(f"citizen:{citizen_id}", "file.add", f"draft:{held.id}", outcome="infected")
            raise InvalidAnswer(f"material:{slot}", "file_infected")
        try:
            content = await asyncio.to_thread(stripped, inspected.mime, content)
        except Untidy as problem:
            raise InvalidAnswer(f"material:{slot}", "file_broken") from problem
        digest = hashlib.sha256(content).hexdigest()
        same = await Upload.get_or_none(draft_id=held.id, slot=slot, sha256=digest)
        if same is not None:
            return stored_file(same)
        if await Upload.filter(draft_id=held.id).count() >= MOST_FILES:
            raise NotNow(reason="too_many_files", at_most=MOST_FILES)
        row = Upload(
            id=uuid4(), draft_id=held.id, slot=slot, name=inspected.name, mime=inspected.mime, size=len(content),
            sha256=digest, scan=verdict, created_at=now(),
        )
        return await self._keep(row, citizen_id, content, states)

    async def list_of(self, draft_id: str, citizen_id: str | None = None) -> tuple[StoredFile, ...]:
        """The files of a draft, first given first."""
        held = await self._draft_of(draft_id, citizen_id)
        rows = await Upload.filter(draft_id=held.id).order_by("created_at")
        return tuple(stored_file(row) for row in rows)

    async def read(self, file_id: str, actor: str, citizen_id: str | None = None) -> tuple[StoredFile, bytes]:
        """A file and its bytes, audited. With ``citizen_id`` only from their own draft; without, the caller has
        checked that ``actor`` may see it."""
        row = await self._row(file_id, citizen_id)
        content = await self._store.read(row.path)
        if hashlib.sha256(content).hexdigest() != row.sha256:
            raise NotFound("The file on disk is not the one that was given.", file=file_id)
        await record(actor, "file.read", f"draft:{row.draft_id}", details={"file": file_id})  # type: ignore[attr-defined]
        return stored_file(row), content

    async def drop(self, file_id: str, citizen_id: str) -> None:
        """Delete one file of an editable draft."""
        row = await self._row(file_id, citizen_id)
        held = await self._draft_of(str(row.draft_id), citizen_id)  # type: ignore[attr-defined]
        if held.state not in EDITABLE:
            raise NotNow(reason="closed", state=held.state)
        await self._delete(row, f"citizen:{citizen_id}")

    async def drop_all(self, draft_id: str) -> None:
        """Delete every file of a draft; the caller has checked that it may."""
        for row in await Upload.filter(draft_id=draft_id):
            await self._delete(row, "system")

    async def _keep(self, row: Upload, citizen_id: str, content: bytes, states: tuple[State, ...]) -> StoredFile:
        """The bytes first, then the row: a row never points at nothing."""
        row.path = await self._store.write(row.id.hex, content)
        try:
            async with in_transaction():
                if not await DraftRow.filter(id=row.draft_id, state__in=states).exists():  # type: ignore[attr-defined]
                    raise NotNow(reason="closed")
                await row.save(force_create=True)
                details = {"file": str(row.id), "slot": row.slot, "size": row.size, "scan": row.scan}
                await record(f"citizen:{citizen_id}", "file.add", f"draft:{row.draft_id}", details=details)  # type: ignore[attr-defined]
        except IntegrityError:
            # The same button pressed twice: the other press was first, or the draft went away meanwhile.
            await self._store.drop(row.path)
            same = await Upload.get_or_none(draft_id=row.draft_id, slot=row.slot, sha256=row.sha256)  # type: ignore[attr-defined]
            if same is None:
                raise NotFound() from None
            return stored_file(same)
        except BaseException:
            await self._store.drop(row.path)
            raise
        return stored_file(row)

    async def _row(self, file_id: str, citizen_id: str | None) -> Upload:
        try:
            row = await Upload.get_or_none(id=UUID(file_id))
        except ValueError:
            row = None
        if row is None:
            raise NotFound(file=file_id)
        await self._draft_of(str(row.draft_id), citizen_id)  # type: ignore[attr-defined]
        return row

    async def _delete(self, row: Upload, actor: str) -> None:
        """The row first, then the bytes: what is left over after a crash is unreadable without its row."""
        async with in_transaction():
            await row.delete()
            await record(actor, "file.drop", f"draft:{row.draft_id}", details={"file": str(row.id)})  # type: ignore[attr-defined]
        await self._store.drop(row.path)
