"""The form that somebody in a talk fills in, for whoever took the talk over: masked, and of their departments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cases.actors import Staff
from cases.models import Task
from console.desk import ConsoleDesk
from console.pages import moment
from console.wording import words
from core.masking import mask_middle
from forms.draft import Draft
from forms.drafts import StoredDraft, StoredFile
from forms.merging.merged import MergedForm


@dataclass(frozen=True)
class Row:
    """One field: its title, what was answered (masked, empty when nothing was), and where it is from."""

    title: str
    shown: str
    told: str


@dataclass(frozen=True)
class Given:
    """One material: its title, the way it is given by (empty while it is not), and its files."""

    title: str
    way: str
    reference: str
    files: tuple[StoredFile, ...]


@dataclass(frozen=True)
class Beside:
    """An unfinished form: sections as (title, rows), materials, how many questions are left."""

    draft: str
    title: str
    left: int
    sections: tuple[tuple[str, tuple[Row, ...]], ...]
    materials: tuple[Given, ...]

    def file(self, id_: str) -> StoredFile | None:
        """One of its files."""
        return next((one for given in self.materials for one in given.files if one.id == id_), None)


async def beside(desk: ConsoleDesk, staff: Staff, task: Task) -> Beside | None:
    """The form that the citizen of a talk changed last; None for a guest, without one, or when no part of it is for
    the departments of this person."""
    kind, _, citizen = task.reason.partition(":")
    held = await desk.cases.tools.forms.open_of(citizen) if kind == "citizen" else ()
    return await _shown(desk, staff, held[0]) if held else None


async def _shown(desk: ConsoleDesk, staff: Staff, held: StoredDraft) -> Beside | None:
    form = desk.engine.merged(held.draft)
    theirs = [leg for leg in form.legs if staff.covers(held.draft.region, [leg.item.department])]
    if not theirs:
        return None
    paths = {path for leg in theirs for path in leg.needs}
    keys = {key for leg in theirs for key in leg.materials}
    files = {one.id: one for one in await desk.cases.tools.forms.files.list_of(held.id)}
    return Beside(
        held.id, desk.engine.bank.definition(held.draft.one_thing).title, len(desk.engine.questions(held.draft)),
        tuple(_sections(desk, held.draft, form, paths)), tuple(_materials(desk, held.draft, form, keys, files)),
    )


def _sections(
    desk: ConsoleDesk, draft: Draft, form: MergedForm, paths: set[str]
) -> Iterator[tuple[str, tuple[Row, ...]]]:
    for section in form.sections:
        rows = tuple(Row(field.title, desk.engine.masked(draft, field.path), _told(desk, draft, field.path))
                     for field in section.fields if field.path in paths)
        if rows:
            yield section.title, rows


def _told(desk: ConsoleDesk, draft: Draft, path: str) -> str:
    if path not in draft.values:
        return ""
    told = desk.engine.describe(draft, path)
    key = f"did.{told.did}" if told.did in ("corrected", "contested") else f"origin.{told.origin}"
    return words()(key, source=told.source, at=moment(told.at), fetched=told.fetched)


def _materials(
    desk: ConsoleDesk, draft: Draft, form: MergedForm, keys: set[str], files: dict[str, StoredFile]
) -> Iterator[Given]:
    for slot in form.slots:
        answer = draft.materials.get(slot.key)
        if slot.key in keys and (answer is not None or slot.required):
            given = answer.files if answer else ()
            yield Given(
                desk.engine.title(draft, f"material:{slot.key}") or slot.title, answer.way if answer else "",
                mask_middle(answer.reference, 2, 3) if answer else "",
                tuple(files[one] for one in given if one in files),
            )
