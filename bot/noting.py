"""What a turn teaches: which utterances are kept to learn from, and what came of the one before. Pure.

Only requests are kept, and what was not understood. Answers to questions of a form are not, nor words to a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from bot.dialogue.digressing import FAIR_ANSWER
from bot.dialogue.drafting import Consenting, Drafted
from bot.dialogue.heard import Heard, whole
from bot.dialogue.memory import Noted
from bot.dialogue.stages import Confirming, Login, Rating, Resuming, Sure, Waiting, WithPerson
from bot.dialogue.state import State
from bot.turns import Turn, bottom
from core.clock import today
from intents.heard import Came, Utterance
from intents.outcomes import Outcome

ASKING = frozenset({"fee", "guide", "help", "how_long", "materials", "where", "why"})
"""Acts that ask about something: with words that are about a matter they are a wish."""
REFUSED = frozenset({"other_service", "complaint"})
"""What is turned away although it is a wish, whatever act stands in it."""
LOW = 0.15
"""A question whose likeliest one-thing is less likely than this is about none."""


@dataclass(frozen=True)
class Lesson:
    """What is to be kept of one turn."""

    state: State
    entries: tuple[Utterance | Came, ...] = ()


def learned(turn: Turn, channel: str) -> Lesson:
    """What a turn teaches, and the state to keep, which remembers what is still open."""
    before, after, heard, day = turn.before, turn.close(), turn.heard, today().isoformat()
    entries: list[Utterance | Came] = []
    noted = before.noted if before.noted is not None and before.noted.day == day else None
    if noted is not None:
        came, noted = came_of(noted, before, after)
        entries += [came] if came else []
    if heard is not None and is_request(heard, before, after):
        said = Utterance(
            uuid4(), heard.read, turn.asked, _at_once(heard, before, after), channel, turn.personal()
        )
        entries.append(said)
        noted = Noted(id=said.id.hex, day=day, took=_taken(heard, after) if said.outcome == "acted" else "")
    return Lesson(after.model_copy(update={"noted": noted}), tuple(entries))


def is_request(heard: Heard, before: State, after: State) -> bool:
    """Whether words are a wish, or were not understood: never an answer, a control act, a cry for help,
    or words to a person."""
    if heard.action or heard.event is not None or not heard.text.strip() or heard.read.distress:
        return False
    stage = before.stage
    if isinstance(stage, WithPerson | Rating):
        return False
    under = bottom(before)
    if isinstance(under, Drafted) and not isinstance(under, Consenting):
        return _wants_away(after) and not isinstance(stage, Sure)
    asks = heard.read.band in ("act", "confirm", "choose")
    if not asks and isinstance(stage, Login | Consenting | Resuming) and heard.read.band == "unknown":
        return False  # asked who they are, people type their name
    if isinstance(stage, Confirming) and _theme(after) and not asks:
        return False
    return not heard.act or heard.read.band == "act" or _is_about_something(heard, before, after)


def _is_about_something(heard: Heard, before: State, after: State) -> bool:
    """Whether a question, 「离婚要带啥」, is one about a matter of its own; what is nothing but an act never is."""
    read, stage = heard.read, after.stage
    if whole(heard) or isinstance(stage, WithPerson):
        return False
    if read.out_kind in REFUSED:
        return True
    if isinstance(stage, Confirming) and set(stage.choices) - set(getattr(before.stage, "choices", ())):
        return True
    return heard.act in ASKING and bool(read.ranking) and read.ranking[0].score >= LOW


def _wants_away(state: State) -> bool:
    return isinstance(state.stage, Sure) and state.stage.what == "switch"


def _at_once(heard: Heard, before: State, after: State) -> Outcome:
    if isinstance(after.stage, WithPerson):
        return "handed_over"
    if heard.read.band == "out_of_scope":
        return "refused"
    if heard.read.band == "act" and not isinstance(after.stage, Confirming):
        return "acted"
    answered = after.stage == before.stage and after.misses == before.misses
    return "acted" if answered and heard.read.faq and heard.read.faq[0].score >= FAIR_ANSWER else "open"


def _taken(heard: Heard, after: State) -> str:
    if isinstance(after.stage, Sure):
        return after.stage.about
    return _theme(after) or (heard.read.ranking[0].code if heard.read.band == "act" else "")


def came_of(noted: Noted, before: State, after: State) -> tuple[Came | None, Noted | None]:
    """What this turn tells of the request noted before, and the note that is left."""
    row, theme = UUID(noted.id), _theme(after)
    if isinstance(after.stage, WithPerson) and not isinstance(before.stage, WithPerson):
        return (None if noted.took else Came(row, "handed_over")), None
    if set(after.denied) - set(before.denied):
        return Came(row, "denied"), noted.model_copy(update={"took": ""})
    if isinstance(bottom(after), Waiting | Rating) and not isinstance(bottom(before), Waiting | Rating):
        return None, None
    if _wants_away(before) and not _wants_away(after) and theme == _theme(before) != noted.took:
        return Came(row, "denied"), None
    if not theme or theme in (_theme(before), noted.took):
        return None, noted
    if not noted.took:
        sure = isinstance(before.stage, Confirming) and before.stage.choices == (theme,)
        return Came(row, "confirmed" if sure else "chosen", theme), noted.model_copy(update={"took": theme})
    return (None if before.trail else Came(row, "changed_theme_later", theme)), None


def _theme(state: State) -> str:
    """The one-thing that is being done, or will be after signing in."""
    return getattr(bottom(state), "one_thing", "") or ""
