"""Putting a value into the draft in hand, whatever kind of question it answers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.desk import Desk
from bot.dialogue.questions import answer_shown, field_at, situation, split, title
from bot.dialogue.state import Proposal
from core.errors import InvalidAnswer
from forms.draft import Draft


@dataclass(frozen=True)
class Put:
    """A value put: the draft that has it, and how to show it back."""

    draft: Draft
    proposal: Proposal
    effect: str = ""
    """What the chosen option changes, in plain words."""
    contested: bool = False


def put(desk: Desk, key: str, raw: object, entity: str = "") -> Put:
    """Put ``raw`` at ``key``. Raises `InvalidAnswer`."""
    kind, name = split(key)
    draft, contested = _put(desk, kind, name, raw)
    held = desk.holding(draft)
    said = ",".join(map(str, raw)) if isinstance(raw, list) else str(raw)
    proposal = Proposal(
        what="situation" if kind == "situation" else "field", key=name, raw=said, title=title(held, key),
        shown=answer_shown(held, key), entity=entity,
    )
    return Put(draft, proposal, _effect(held, kind, name), contested)


def _put(desk: Desk, kind: str, name: str, raw: object) -> tuple[Draft, bool]:
    if kind == "situation":
        return desk.engine.answer_situation(desk.paper, name, _situation_value(desk, name, raw)), False
    field, value = field_at(desk, name), desk.paper.values.get(name)
    if field is not None and value is not None and value.origin == "source" and field.edit == "locked":
        return desk.engine.contest(desk.paper, name, raw, desk.say("contest.reason")), True
    if isinstance(raw, str) and field is not None and field.element.type == "choices":
        raw = raw.split(",")
    return desk.engine.put(desk.paper, name, raw), False


def _situation_value(desk: Desk, code: str, raw: object) -> str | list[str]:
    found = situation(desk, code)
    if found is None:
        raise InvalidAnswer(f"situation:{code}", "not_asked")
    values = [str(one) for one in raw] if isinstance(raw, list) else [one for one in str(raw).split(",") if one]
    known = {option.value for option in found.options}
    if not set(values) <= known or (found.type == "single" and len(values) != 1):
        raise InvalidAnswer(f"situation:{code}", "option")
    return values if found.type == "multi" else values[0]


def _effect(desk: Desk, kind: str, name: str) -> str:
    """What the option just chosen changes; said after answering."""
    if kind != "situation" or name not in desk.paper.situations:
        return ""
    found, value = situation(desk, name), desk.paper.situations[name].value
    chosen = [value] if isinstance(value, str) else value
    return "\n".join(o.effect for o in found.options if o.value in chosen and o.effect) if found else ""
