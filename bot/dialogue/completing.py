"""Making a short answer whole: the day of a time that was said before, a name said where a choice was asked."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.choices import is_choice
from bot.dialogue.desk import Desk
from bot.dialogue.drafting import Filling
from bot.dialogue.heard import Heard
from bot.dialogue.marks import bare
from bot.dialogue.memory import Told
from bot.dialogue.questions import open_questions
from bot.dialogue.state import State
from core.spoken.clocks import clocks
from core.spoken.days import days
from core.spoken.folding import fold
from forms.merging.merged import Question
from intents.understanding import Entity
from nlu.entities.names import may_be_name


def completed(state: State, found: Question, heard: Heard, desk: Desk) -> Heard:
    """The words with what makes them an answer; as they are when nothing is missing."""
    if heard.action:
        return heard
    if found.type == "datetime":
        return _with_day(state, heard)
    return _as_name(heard) if is_choice(found) and _name_open(desk) else heard


def day_known(state: State) -> str:
    """The one day said before, in a message or in an answer that lacked the time of day."""
    stage = state.stage
    typed = _days(stage.typed) if isinstance(stage, Filling) else ()
    told = tuple(day for one in state.told for day in _told_days(one))
    days = typed or told
    return days[0] if len(set(days)) == 1 else ""


def _with_day(state: State, heard: Heard) -> Heard:
    """「8点20」 to a question for day and time, when the day was said before."""
    if any(one.kind == "date" for one in heard.read.entities) or not any(clocks(fold(heard.text))):
        return heard
    day = day_known(state)
    if not day:
        return heard
    text = f"{day} {heard.text}"
    entities = (Entity("date", text, text, 0, len(text)),)
    return replace(heard, text=text, read=replace(heard.read, text=text, entities=entities))


def _days(text: str) -> tuple[str, ...]:
    """The days in words, without the times of day said with them: those are said anew."""
    return tuple(text[one.start:one.end] for one in days(fold(text)))


def _told_days(one: Told) -> tuple[str, ...]:
    return tuple(day for kind, value, *_ in one.entities if kind == "date" for day in _days(value))


def _name_open(desk: Desk) -> bool:
    return any(one.type == "name" for one in open_questions(desk))


def _as_name(heard: Heard) -> Heard:
    """A bare name where a choice was asked is not lost: it is taken as a name, to be nodded to."""
    said = bare(heard.text)
    if heard.read.acts or heard.read.entities or not may_be_name(said):
        return heard
    start = heard.text.find(said)
    found = (Entity("name", said, said, start, start + len(said)),)
    return replace(heard, read=replace(heard.read, entities=found))
