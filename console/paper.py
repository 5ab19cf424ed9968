"""The merged form as staff see it: every value masked, with where it came from and what the citizen did about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cases.legs.plan import with_results
from cases.models import Case, Leg
from cases.review.views import DepartmentView, StaffView
from console.desk import ConsoleDesk
from console.pages import moment
from console.wording import words
from core.masking import mask_middle, mask_text
from forms.content.schema import Situation
from forms.draft import Draft, Value
from forms.drafts import StoredFile


@dataclass(frozen=True)
class ShownField:
    """One field. ``hidden`` when there is more to it than is shown, ``revealed`` once somebody asked for it."""

    path: str
    title: str
    shown: str
    told: str
    did: str
    reason: str
    changed: bool
    hidden: bool
    departments: tuple[str, ...]
    revealed: str | None = None


@dataclass(frozen=True)
class Section:
    """The fields of one subject."""

    title: str
    fields: tuple[ShownField, ...]


@dataclass(frozen=True)
class ShownSlot:
    """One material with its files."""

    key: str
    title: str
    way: str
    reference: str
    files: tuple[StoredFile, ...]
    departments: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """What somebody may see of a case's form; ``part`` names one leg, or all of theirs when empty."""

    part: str
    sections: tuple[Section, ...]
    slots: tuple[ShownSlot, ...]
    situations: tuple[tuple[str, str, str], ...]
    """Code, question, what was chosen."""

    def fields(self) -> Iterator[ShownField]:
        """Every field."""
        for section in self.sections:
            yield from section.fields


async def draft_of(case: Case) -> Draft:
    """The data in force, with what earlier legs gave."""
    return with_results(Draft.model_validate(case.snapshot), await Leg.filter(case_id=case.id))


async def paper_of(
    desk: ConsoleDesk, case: Case, view: StaffView, part: str = "", revealed: Mapping[str, str] | None = None
) -> Paper:
    """Put together what `cases` lets this person see. ``revealed`` holds values that were just asked for, by path."""
    draft = await draft_of(case)
    parts = [piece for piece in view.departments if part in ("", piece.leg.code)] or list(view.departments)
    files = {file.id: file for file in await desk.cases.tools.forms.files.list_of(str(case.draft_id))}
    return Paper(
        part=part if any(piece.leg.code == part for piece in parts) else "",
        sections=tuple(_sections(desk, draft, parts, revealed or {})),
        slots=tuple(_slots(desk, draft, parts, files)), situations=tuple(_situations(desk, draft)),
    )


def _sections(
    desk: ConsoleDesk, draft: Draft, parts: Sequence[DepartmentView], revealed: Mapping[str, str]
) -> Iterator[Section]:
    known = {field.path: field for piece in parts for field in piece.fields}
    askers: dict[str, list[str]] = {}
    for piece in parts:
        for field in piece.fields:
            askers.setdefault(field.path, []).append(piece.leg.department)

    def shown(path: str, title: str) -> ShownField:
        value, seen = draft.values[path], known[path]
        return ShownField(
            path=path, title=title, shown=seen.shown, told=_told(desk, draft, path, value), did=value.did or "",
            reason=mask_text(value.reason), changed=seen.changed, departments=tuple(dict.fromkeys(askers[path])),
            hidden=desk.engine.shown(draft, path) != seen.shown, revealed=revealed.get(path),
        )

    placed = set[str]()
    for section in desk.engine.merged(draft).sections:
        titles = {field.path: field.title for field in section.fields if field.path in known}
        placed |= titles.keys()
        if titles:
            yield Section(section.title, tuple(shown(path, title) for path, title in titles.items()))
    rest = [path for path in known if path not in placed]
    if rest:
        yield Section(words()("case.other_fields"), tuple(shown(path, known[path].title) for path in rest))


def _told(desk: ConsoleDesk, draft: Draft, path: str, value: Value) -> str:
    """Where it came from, in words for staff."""
    told = desk.engine.describe(draft, path)
    key = f"did.{told.did}" if told.did in ("corrected", "contested") else f"origin.{told.origin}"
    return words()(key, source=told.source, at=moment(told.at), fetched=told.fetched)


def _slots(
    desk: ConsoleDesk, draft: Draft, parts: Sequence[DepartmentView], files: Mapping[str, StoredFile]
) -> Iterator[ShownSlot]:
    askers: dict[str, list[str]] = {}
    found = {slot.key: slot for piece in parts for slot in piece.materials}
    for piece in parts:
        for slot in piece.materials:
            askers.setdefault(slot.key, []).append(piece.leg.department)
    for key, slot in found.items():
        yield ShownSlot(
            key=key, title=desk.engine.title(draft, f"material:{key}") or slot.title, way=slot.way,
            reference=mask_middle(slot.reference, 2, 3),
            files=tuple(files[id_] for id_ in slot.files if id_ in files),
            departments=tuple(dict.fromkeys(askers[key])),
        )


def _situations(desk: ConsoleDesk, draft: Draft) -> Iterator[tuple[str, str, str]]:
    for situation, answer in desk.engine.situations(draft):
        if answer is not None:
            yield situation.code, situation.question, _chosen(situation, answer.value)


def _chosen(situation: Situation, value: str | list[str]) -> str:
    labels = {option.value: option.label for option in situation.options}
    return words()("join").join(labels.get(one, one) for one in ([value] if isinstance(value, str) else value))
