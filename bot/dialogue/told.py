"""What the citizen said before anything asked for it: kept in mind, so that nobody says it twice."""

from __future__ import annotations

from collections.abc import Collection

from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.kinds import ABOUT
from bot.dialogue.marks import bare
from bot.dialogue.memory import Told
from bot.dialogue.named import positive, spans
from bot.dialogue.putting import Put
from bot.dialogue.questions import open_questions
from bot.dialogue.said_for import SHORTEST_LABEL
from bot.dialogue.several import further
from bot.dialogue.sides import SIDES
from bot.dialogue.state import State
from intents.understanding import Entity, Understanding

MOST = 4
"""Messages kept in mind."""
LONGEST = 300
"""Characters of each that are kept."""


def remember(state: State, heard: Heard, used: Collection[str] = (), *, chooses: bool = True) -> State:
    """Keep in mind what may answer a later question; ``used`` are values that found their place already."""
    if heard.action or len(bare(heard.text)) < SHORTEST_LABEL:
        return state
    found = tuple((one.kind, one.value, one.text, one.start, one.end) for one in heard.read.entities
                  if one.end <= LONGEST and one.kind not in ABOUT and one.value not in used)
    if not (found or chooses):
        return state
    told = Told(text=heard.text[:LONGEST], entities=found, chooses=chooses)
    others = tuple(one for one in state.told if one.text != told.text)
    return state.model_copy(update={"told": (*others, told)[-MOST:]})


def tells(heard: Heard, desk: Desk) -> bool:
    """Whether the words hold something that will be asked for: a value, or one of the choices to come."""
    return any(one.kind not in ABOUT for one in heard.read.entities) or mentions(heard, desk)


def mentions(heard: Heard, desk: Desk, beside: Collection[str] = ()) -> bool:
    """Whether one of the choices to come is named, those under the keys ``beside`` left out."""
    said = positive(heard.text)
    return any(spans(one.options, said) for one in open_questions(desk) if one.options and one.key not in beside)


def kept_words(before: State, after: State) -> str:
    """The values that were just kept in mind, to be said back; empty when there are none."""
    fresh = [one for one in after.told if one not in before.told]
    return "、".join(dict.fromkeys(entity[1] for one in fresh for entity in one.entities if entity[0] not in SIDES))


def recalled(state: State, desk: Desk) -> tuple[State, tuple[Put, ...]]:
    """Values for open questions in what was told, and the state with what is left to keep in mind."""
    found: list[Put] = []
    left: list[Told] = []
    for one in state.told:
        read = Understanding(
            text=one.text, entities=tuple(Entity(*parts) for parts in one.entities),  # type: ignore[arg-type]
        )
        now = further(Heard(text=one.text, read=read), desk, None, chooses=one.chooses)
        found += now
        if now:
            desk = desk.holding(now[-1].draft)
        left += _left(one, now)
    return state.model_copy(update={"told": tuple(left)}), tuple(found)


def _left(one: Told, used: tuple[Put, ...]) -> list[Told]:
    """A message without the values that were used; its words choose only once, values wait until they are wanted."""
    values = {put.proposal.raw for put in used}
    sides = {put.proposal.entity for put in used} & SIDES
    entities = tuple(entity for entity in one.entities if entity[1] not in values and entity[0] not in sides)
    return [Told(text=one.text, entities=entities, chooses=one.chooses and not used)] if entities else []
