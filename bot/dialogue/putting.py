"""Putting a value into the draft in hand, whatever kind of question it answers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.desk import Desk
from bot.dialogue.questions import answer_shown, situation, split, title
from bot.dialogue.state import Proposal
from core.errors import InvalidAnswer
from forms.draft import Draft
from forms.values.regions import region_name


@dataclass(frozen=True)
class Put:
    """A value put: the draft that has it, and how to show it back."""

    draft: Draft
    proposal: Proposal
    effect: str = ""
    """What the chosen option changes, in plain words."""
    contested: bool = False
    choice: bool = False
    """Chosen from given options, so that it need not be shown back to be checked."""


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
    return Put(draft, proposal, _effect(held, kind, name), contested, kind == "situation")


def _put(desk: Desk, kind: str, name: str, raw: object) -> tuple[Draft, bool]:
    if kind == "situation":
        values = [str(one) for one in raw] if isinstance(raw, list) else str(raw)
        return desk.engine.answer_situation(desk.paper, name, values), False
    try:
        return desk.engine.put(desk.paper, name, raw), False
    except InvalidAnswer as problem:
        if problem.reason == "region" and isinstance(raw, str):
            return desk.engine.put(desk.paper, name, _nearby(desk, raw)), False
        if problem.reason != "locked" or not problem.details.get("contest"):
            raise
    return desk.engine.contest(desk.paper, name, raw, desk.say("contest.reason")), True


def _nearby(desk: Desk, name: str) -> str:
    """A district of which there are several in the country is the one of the city where this is filed."""
    return f"{region_name(desk.paper.region[:4] + '00') or ''}{name}"


def _effect(desk: Desk, kind: str, name: str) -> str:
    """What the option just chosen changes; said after answering."""
    if kind != "situation" or name not in desk.paper.situations:
        return ""
    found, value = situation(desk, name), desk.paper.situations[name].value
    chosen = [value] if isinstance(value, str) else value
    return "\n".join(o.effect for o in found.options if o.value in chosen and o.effect) if found else ""
