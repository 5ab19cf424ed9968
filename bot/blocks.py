"""What the bot says, as data. Every block has a plain text that any channel can fall back to."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class _Block(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    plain: str
    """The whole block in words, made by the server; also what a screen reader reads."""


class Action(BaseModel):
    """A button. ``say`` is what tapping it means when typed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    """``act:<name>[:<reference>]``, valid from every channel."""
    label: str
    say: str = ""
    help: str = ""
    style: Literal["plain", "primary", "quiet", "danger"] = "plain"
    chosen: bool = False


class Text(_Block):
    """Words."""

    type: Literal["text"] = "text"
    text: str


class Card(_Block):
    """A title, facts as label and value, steps, and buttons."""

    type: Literal["card"] = "card"
    title: str
    summary: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    source: str = ""
    more: tuple[tuple[str, str], ...] = ()
    """Label and value of what is only shown when it is asked for."""
    copy_text: str = ""
    """Words to pass on to somebody else, with a button that copies or shares them."""
    private: bool = False
    """It asks for something that is better typed on the form than into a talk which others may look at."""


class Options(_Block):
    """A question with choices; ``multi`` lets several be ticked and sent with ``done``."""

    type: Literal["options"] = "options"
    prompt: str
    help: str = ""
    items: tuple[Action, ...]
    multi: bool = False
    done: Action | None = None


class Form(_Block):
    """Fields to look at or fill, each with where its value came from."""

    type: Literal["form"] = "form"
    title: str
    fields: tuple[dict[str, Any], ...]
    """``{path, label, value, shown, source, status, edit, reason}``; ``shown`` is masked where it must be;
    ``edit`` is ``closed`` where a correction does not reopen it."""
    actions: tuple[Action, ...] = ()
    more: str = ""
    """Address of the form page that shows the whole draft."""


class Progress(_Block):
    """Where a case stands, department by department."""

    type: Literal["progress"] = "progress"
    title: str
    number: str
    state: str
    legs: tuple[dict[str, str], ...]
    """``{title, department, state, says, until}``."""
    remarks: tuple[str, ...] = ()
    """What else is to be known or done: who has yet to confirm, papers that are owed, why it was refused."""
    timeline: tuple[dict[str, str], ...] = ()
    actions: tuple[Action, ...] = ()


class Notice(_Block):
    """A remark beside the talk: privacy, error, reminder, good news."""

    type: Literal["notice"] = "notice"
    kind: Literal["info", "privacy", "error", "success", "warning"]
    text: str


class HandOver(_Block):
    """A person takes over: how, when, and the numbers to call meanwhile."""

    type: Literal["hand_over"] = "hand_over"
    text: str
    phone: str = "12345"
    hours: str = ""


Block = Annotated[Text | Card | Options | Form | Progress | Notice | HandOver, Field(discriminator="type")]
BLOCKS: TypeAdapter[list[Block]] = TypeAdapter(list[Block])
