"""Correcting an earlier answer in words: 「名字写错了，应该是…」, 「不是随妈妈，随爸爸」."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.blocks import Action
from bot.dialogue.again import carry_on, on_table
from bot.dialogue.answering import give
from bot.dialogue.choices import NONE
from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.kinds import ENTITY_OF
from bot.dialogue.marks import bare
from bot.dialogue.named import contained, positive, spans
from bot.dialogue.onward import change, correction_of, drafted
from bot.dialogue.outcome import Outcome
from bot.dialogue.owners import unowned, words_of
from bot.dialogue.questions import answer_shown, field_at, full_key, question, split, title
from bot.dialogue.residue import is_clean
from bot.dialogue.sides import SIDES
from bot.dialogue.state import State
from bot.render.basics import options, text
from forms.content.element_schema import Option
from forms.merging.merged import Field

_NEW = re.compile(
    r"(?:应该?是|应为|改成|改为|换成|更正为|而是|是|叫做?(?!错))\s*[:：]?\s*([^，,。；;！!？?]{1,60})[^，,]*$"
)
_NAMED = re.compile(
    r"(?:我|俺|把|刚才|刚刚|前面|上面|那个|这个|的|要|想|帮我|请|麻烦|改一?下|改改|改|换一?下|更正|修改)*"
    r"([^，,。、：:；;！!？?\s是叫应改错写填换不说]{2,8})"
)
"""What is said to be wrong: 「店名错了」, 「改一下店名，叫…」."""
MOST_SHOWN = 6


def amend(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Find what is meant and the new value; where either is missing, ask for it."""
    key, raw = earlier_choice(heard, desk)
    fields: list[Field] = []
    if not key:
        fields = _fields(heard, desk)
        key, raw = _of_field(state, heard, desk, fields)
    if _closed(state, key, fields):
        return carry_on(state, desk, text(desk.say("correction.only_these")))
    if not key:
        return _which(state, desk, [f"field:{field.path}" for field in fields])
    if raw is not None:
        return give(state, desk, key, raw, heard)
    return change(state, desk, key) or _which(state, desk)


def _closed(state: State, key: str, fields: list[Field]) -> bool:
    """Whether this is a correction, and nothing of what may be meant is open in it."""
    _, allowed = correction_of(drafted(state))
    meant = {key} if key else {f"field:{field.path}" for field in fields}
    return bool(allowed) and not meant & set(map(full_key, allowed))


def _of_field(state: State, heard: Heard, desk: Desk, fields: list[Field]) -> tuple[str, str | None]:
    """The field meant and its new value; of several the question on the table may be the one."""
    field = _meant(state, fields)
    if field is not None:
        return f"field:{field.path}", _value(field, heard)
    now = field_at(desk, split(on_table(state.stage))[1]) if on_table(state.stage) else None
    if now is not None and (now.element.type == fields[0].element.type if fields else _put_again(now, heard, desk)):
        return f"field:{now.path}", _value(now, heard)
    last = None if fields else _last_alike(state, heard, desk)
    return (f"field:{last.path}", _value(last, heard)) if last else ("", None)


def _put_again(now: Field, heard: Heard, desk: Desk) -> bool:
    """「换成139…」 while an answer given before is asked for anew: it is that answer which is put right."""
    return now.path in desk.paper.values and _value(now, heard) is not None


def _last_alike(state: State, heard: Heard, desk: Desk) -> Field | None:
    """「不是，是3月5号」: the field answered last, when the new value is of its kind."""
    found = field_at(desk, split(state.trail[-1])[1]) if state.trail else None
    if found is None or found.path not in desk.paper.values:
        return None
    kind = ENTITY_OF.get(found.element.type)
    return found if any(entity.kind == kind for entity in heard.read.entities) else None


def changes_choice(heard: Heard, desk: Desk) -> bool:
    """Whether words put another choice in the place of an earlier one, and do not only mention it."""
    key, value = earlier_choice(heard, desk)
    found = question(desk, key) if key else None
    if found is None or not value or heard.act == "correct":
        return bool(key)
    spoken = [(one.start, one.end) for one in heard.read.entities if one.kind in SIDES]
    return is_clean(found, positive(heard.text), value, spoken)


def earlier_choice(heard: Heard, desk: Desk) -> tuple[str, str | list[str] | None]:
    """An answered situation of which another option is named now, or one of several is given up or added."""
    said, found = positive(unowned(heard)), list[tuple[str, str | list[str]]]()
    for one, answer in desk.engine.situations(desk.paper):
        if answer is None:
            continue
        if isinstance(answer.value, list):
            kept = _several(one.options, heard.text, answer.value)
            if kept is not None and kept != answer.value:
                found.append((f"situation:{one.code}", kept))
        elif (value := contained(one.options, said)) is not None and value != answer.value:
            found.append((f"situation:{one.code}", value))
    return found[0] if len(found) == 1 else ("", None)


def _several(options: Sequence[Option], text: str, present: list[str]) -> list[str] | None:
    """The choices there are once those given up are left out and those wished for are added."""
    named = {value for *_, value in spans(options, text, denied=None)}
    gone = {value for *_, value in spans(options, text, denied=True)}
    left = [one.value for one in options if one.value in (set(present) | named) - gone and one.value not in NONE]
    return (left or [one.value for one in options if one.value in NONE][:1]) if named else None


def _fields(heard: Heard, desk: Desk) -> list[Field]:
    """The answered fields that the words fit best; several when they fit equally well."""
    answered = [field for field in desk.engine.merged(desk.paper).fields() if field.path in desk.paper.values]
    scored = [(_score(field, heard, desk), field) for field in answered]
    best = max((score for score, _ in scored), default=0)
    return [field for score, field in scored if score == best] if best > 1 else []


def _meant(state: State, fields: list[Field]) -> Field | None:
    """The only field, or the one of them that the citizen answered last."""
    answered = [field for field in fields if _when(state, field) >= 0]
    if answered:
        return max(answered, key=lambda field: _when(state, field))
    return fields[0] if len(fields) == 1 else None


def _score(field: Field, heard: Heard, desk: Desk) -> int:
    said, kind = heard.text, field.element.type
    words = desk.say.words(f"heard.{kind}") if desk.say.has_list(f"heard.{kind}") else ()
    named = field.title in said or field.element.title in said or _asked_so(field, said, desk)
    score = 4 * named + 2 * any(word in said for word in words)
    score += any(entity.kind == ENTITY_OF.get(kind) for entity in heard.read.entities)
    present = desk.engine.shown(desk.paper, field.path)
    score += 6 * (len(present) >= 2 and present in said)
    subject = desk.definition.subjects.get(field.subject)
    spoken = subject is not None and any(word in said for word in words_of(field.subject, subject.title, desk.say))
    return score + 2 * spoken if score else 0


def _asked_so(field: Field, said: str, desk: Desk) -> bool:
    """Whether it is called what the question called it: 「店名叫什么？」 asks for a field of another title."""
    match, found = _NAMED.match(bare(said)), question(desk, f"field:{field.path}")
    return match is not None and found is not None and match[1] in found.ask


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


def _which(state: State, desk: Desk, among: Sequence[str] = ()) -> Outcome:
    """Which answer is meant? Those that fit, or the last few, to choose from."""
    keys = [key for key in among or reversed(state.trail) if answer_shown(desk, key)][:MOST_SHOWN]
    if not keys:
        return carry_on(state, desk, text(desk.say("amend.nothing")))
    items = [Action(id=f"act:change:{key}", label=title(desk, key), help=answer_shown(desk, key, masked=True))
             for key in keys]
    keep = Action(id="act:repeat", label=desk.say("button.keep"), style="quiet")
    return Outcome(state, (options(desk.say("amend.which"), [*items, keep]),))
