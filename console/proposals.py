"""Proposals to change a content file: written by an operator, published by somebody else into the content folder."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID

from tortoise.transactions import in_transaction

from cases.actors import Staff
from console.content_files import ContentFile, found_file
from console.desk import ConsoleDesk
from console.fitting import unfit
from console.laying import Judged
from console.models import Proposal
from core import audit
from core.clock import now
from core.errors import CitizenError, NotFound

NAME = re.compile(
    r"(forms/(definitions|items|elements|materials|code_sets|parameters|examples)/[a-z0-9_]{1,60}\.yaml"
    r"|intents/catalogue/[a-z0-9_]{1,60}\.yaml|intents/utterances/[a-z0-9_]{1,60}\.yml)"
)


class ProposalRefused(CitizenError):
    """A proposal cannot be kept or published like this; ``reason`` in the details says why."""

    code = "proposal_refused"
    wording = "error.proposal_refused"
    status = 409


def digest(text: str) -> str:
    """Names a text exactly."""
    return hashlib.sha256(text.encode()).hexdigest()


async def propose(file: ContentFile, text: str, base: str, by: Staff) -> Proposal:
    """Keep a proposed text. Raises `ProposalRefused` (``name``, ``long``, ``odd``, ``large``, ``same``, ``base``)."""
    text = text.replace("\r\n", "\n").rstrip() + "\n"
    current = file.text
    reason = "" if NAME.fullmatch(file.name) else "name"
    reason = reason or await asyncio.to_thread(unfit, text)
    reason = reason or ("same" if text == current else "") or ("base" if base != digest(current) else "")
    if reason:
        raise ProposalRefused(reason=reason)
    async with in_transaction():
        made = await Proposal.create(file=file.name, text=text, base=base, author_id=by.id, author_name=by.name,
                                     created_at=now())
        await audit.record(by.actor, "content.proposed", f"proposal:{made.id}", details={"file": file.name})
    return made


async def proposal_of(text: str, names: set[str]) -> Proposal:
    """A proposal about one of these files. Raises `NotFound`."""
    try:
        found = await Proposal.get_or_none(id=UUID(text))
    except ValueError as problem:
        raise NotFound() from problem
    if found is None or found.file not in names:
        raise NotFound()
    return found


async def withdraw(proposal: Proposal, by: Staff) -> None:
    """The author takes it back. Raises `ProposalRefused` (``author``, ``closed``)."""
    if proposal.author_id != by.id:
        raise ProposalRefused(reason="author")
    async with in_transaction():
        await _close(proposal, "withdrawn", by)


async def publish(
    desk: ConsoleDesk, proposal: Proposal, by: Staff, judge: Callable[[], Awaitable[Judged]]
) -> None:
    """Write it into the content folder, unless ``judge`` finds problems with what is published at that very moment.

    Raises `ProposalRefused` (``own``, ``folder``, ``base``, ``problems``, ``closed``).
    """
    folder = desk.settings.content_dir
    if proposal.author_id == by.id:
        raise ProposalRefused(reason="own")
    if folder is None or not NAME.fullmatch(proposal.file):
        raise ProposalRefused(reason="folder")
    async with desk.kv.lock("content-publish", seconds=300, wait=30):
        file = found_file(desk, proposal.file)
        if file is None or digest(file.text) != proposal.base:
            raise ProposalRefused(reason="base")
        if (await judge()).problems:  # two that are sound alone may clash: the second meets the first here
            raise ProposalRefused(reason="problems")
        async with in_transaction():
            await Proposal.filter(id=proposal.id).update(before=file.text)
            await _close(proposal, "published", by)
            _write(folder, proposal.file, proposal.text)


async def _close(proposal: Proposal, state: str, by: Staff) -> None:
    still = Proposal.filter(id=proposal.id, state="open")
    if not await still.update(state=state, closed_at=now(), closed_by=by.name):
        raise ProposalRefused(reason="closed")
    details = {"file": proposal.file, "text": digest(proposal.text)}
    await audit.record(by.actor, f"content.{state}", f"proposal:{proposal.id}", details=details)


def _write(folder: Path, name: str, text: str) -> None:
    """All of it or nothing; a folder that cannot be written, or that leads elsewhere, refuses."""
    target = folder / name
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.resolve().is_relative_to(folder.resolve()):
            raise ProposalRefused(reason="folder")
        part.write_text(text, "utf-8")
        part.replace(target)
    except OSError as problem:
        raise ProposalRefused(reason="folder") from problem
