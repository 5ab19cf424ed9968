"""Correcting an earlier answer in words: 「名字写错了，应该是…」, 「不是随妈妈，随爸爸」."""

from __future__ import annotations

import re

from bot.blocks import Action
from bot.dialogue.again import carry_on
from bot.dialogue.answering import give
from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.onward import change, correction_of, drafted
from bot.dialogue.outcome import Outcome
from bot.dialogue.questions import answer_shown, full_key, title
from bot.dialogue.reading import bare, contained, positive
from bot.dialogue.several import ENTITY_OF
from bot.dialogue.state import State
from bot.render.basics import options, text
from forms.merged import Field

_NEW = re.compile(r"(?:应该?是|应为|改成|改为|换成|更正为|而是|是)\s*[:：]?\s*([^，,。；;！!？?]{1,60})[^，,]*$")
MOST_SHOWN = 6


def amend(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Find what is meant and the new value; where either is missing, ask for it."""
    key, raw = _option(heard, desk)
    if not key:
        field = _field(state, heard, desk)
        key, raw = (f"field:{field.path}", _value(field, heard)) if field else ("", None)
    if not key:
        return _which(state, desk)
    _, allowed = correction_of(drafted(state))
    if allowed and key not in map(full_key, allowed):
        return carry_on(state, desk, text(desk.say("correction.only_these")))
    if raw is not None:
        return give(state, desk, key, raw, heard)
    return change(state, desk, key) or _which(state, desk)


def _option(heard: Heard, desk: Desk) -> tuple[str, str | None]:
    """An answered situation of which another option is named now."""
    said, found = positive(heard.text), []
    for one, answer in desk.engine.situations(desk.paper):
        if answer is None or one.type != "single":
            continue
        value = contained(one.options, said)
        if value is not None and value != answer.value:
            found.append((f"situation:{one.code}", value))
    return found[0] if len(found) == 1 else ("", None)


def _field(state: State, heard: Heard, desk: Desk) -> Field | None:
    """The answered field that the words fit best; of equals the one answered last."""
    scored = [
        (_score(field, heard, desk), _when(state, field), field) for field in desk.engine.merged(desk.paper).fields()
        if field.path in desk.paper.values
    ]
    best = max(scored, key=lambda one: one[:2], default=None)
    return best[2] if best is not None and best[0] > 1 else None


def _score(field: Field, heard: Heard, desk: Desk) -> int:
    said, kind = heard.text, field.element.type
    words = desk.say.words(f"heard.{kind}") if desk.say.has_list(f"heard.{kind}") else ()
    named = field.title in said or field.element.title in said
    score = 4 * named + 2 * any(word in said for word in words)
    score += any(entity.kind == ENTITY_OF.get(kind) for entity in heard.read.entities)
    present = desk.engine.shown(desk.paper, field.path)
    score += 6 * (len(present) >= 2 and present in said)
    subject = desk.definition.subjects.get(field.subject)
    return score + (subject is not None and subject.title in said) * 2 if score else 0


def _when(state: State, field: Field) -> int:
    key = f"field:{field.path}"
    return state.trail.index(key) if key in state.trail else -1


def _value(field: Field, heard: Heard) -> str | None:
    """The new value: the last entity of the right kind, an option named, or what follows 「应该是」."""
    if field.options:
        return contained(field.options, positive(heard.text))
    kind = ENTITY_OF.get(field.element.type)
    fits = [entity.value for entity in heard.read.entities if entity.kind == kind]
    if fits:
        return fits[-1]
    match = _NEW.search(positive(heard.text))
    return bare(match[1]) if match else None


def _which(state: State, desk: Desk) -> Outcome:
    """Which answer is meant? The last few, to choose from."""
    keys = [key for key in reversed(state.trail) if answer_shown(desk, key)][:MOST_SHOWN]
    if not keys:
        return carry_on(state, desk, text(desk.say("amend.nothing")))
    items = [Action(id=f"act:change:{key}", label=title(desk, key), help=answer_shown(desk, key, masked=True))
             for key in keys]
    keep = Action(id="act:repeat", label=desk.say("button.keep"), style="quiet")
    return Outcome(state, (options(desk.say("amend.which"), [*items, keep]),))
