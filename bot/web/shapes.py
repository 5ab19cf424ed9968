"""The shapes the API speaks of drafts in: the form page, a mini-program and any other client draw from these."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from bot.web.case_shapes import OtherOut


class Choice(BaseModel):
    """One option of a field or situation."""

    value: str
    label: str
    help: str = ""
    effect: str = ""


class Remark(BaseModel):
    """A finding of pre-review at one place."""

    level: str
    about: str
    title: str = ""
    says: str


class SituationOut(BaseModel):
    """A question whose answer selects items; ``key`` is what PATCH takes as its path."""

    key: str
    question: str
    help: str
    why: str
    multi: bool
    options: list[Choice]
    value: str | list[str] | None
    source: str
    decided: bool
    """Whether data answered it in the citizen's place."""
    editable: bool
    reason: str
    """Why it may not be changed, when it may not."""
    demand: str
    """What the notice of corrections says of it, while there is one."""


class FieldOut(BaseModel):
    """One field of the merged form."""

    path: str
    label: str
    ask: str
    help: str
    why: str
    type: str
    options: list[Choice]
    required: bool
    unknown: str
    """What happens when a required one is passed over because it is not known now; empty where it must be filled in."""
    value: Any = None
    """What may be edited in place; absent for a personal value that data brought, which ``shown`` gives masked."""
    shown: str
    source: str
    """Where the value came from, in words."""
    status: Literal["missing", "known", "filled", "corrected", "contested", "skipped"]
    edit: str
    editable: bool
    reason: str
    demand: str
    """As of a situation."""
    may_contest: bool
    asked_by: list[str]
    """Departments that get this field."""
    example: str
    unit: str


class SectionOut(BaseModel):
    """The fields of one subject."""

    title: str
    fields: list[FieldOut]


class WayOut(BaseModel):
    """One way to give a material."""

    way: str
    label: str
    text: str = ""


class FileOut(BaseModel):
    """An uploaded file."""

    id: str
    name: str
    mime: str
    size: int


class SlotOut(BaseModel):
    """One material; ``key`` is what PATCH takes as its path, ``slot`` what an upload names."""

    key: str
    slot: str
    title: str
    help: str
    format: str
    basis: str
    required: bool
    given: str
    """The way in which it is given, or nothing."""
    given_words: str
    ways: list[WayOut]
    files: list[FileOut]
    accept: list[str]
    max_mb: int
    editable: bool
    reason: str
    demand: str
    """As of a situation."""


class ConfirmerOut(OtherOut):
    """Somebody else who has to confirm; ``key`` is what asks for a link."""

    spares: int = 0
    """How many things still to be asked for may come by themselves once they confirm."""
    paper: str
    """Key of the slot of a paper that may stand for it."""
    paper_title: str
    link: str
    """State of the last link given out, or nothing."""
    link_until: str


class DraftBrief(BaseModel):
    """A draft in a list."""

    id: str
    one_thing: str
    title: str
    state: str
    revision: int
    updated_at: str


class PlaceOut(BaseModel):
    """A region by its code and its name."""

    region: str
    title: str


class ConsentOut(BaseModel):
    """What is looked up, for what; ``given`` is None while nobody was asked."""

    given: bool | None
    text: str
    sources: list[str]


class DraftOut(DraftBrief):
    """The form view of a draft."""

    place: PlaceOut | None = None
    """Where it is handled; absent where one region alone is served."""
    consent: ConsentOut
    situations: list[SituationOut]
    sections: list[SectionOut]
    materials: list[SlotOut]
    others: list[ConfirmerOut]
    findings: list[Remark]
    left: int
    """Answers still missing."""
    next: str
    """Path of the next missing answer."""
    offline: str
    """Where to go instead, when an answer ended the online way."""
    offline_where: str
    """The place with its address, or how to ask for it; empty when it is no window."""
    numbers: dict[str, int]
    facts: list[tuple[str, str]]
    """The same numbers in words: label and value."""
    heading: str
    pledge: str
    can_submit: bool
    case: str
    """Number of the case that is being corrected, or that this draft became."""


class Drafts(BaseModel):
    """The drafts of a citizen."""

    drafts: list[DraftBrief]
