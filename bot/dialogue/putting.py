"""Putting a value into the draft in hand, whatever kind of question it answers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.choices import UNSURE
from bot.dialogue.desk import Desk
from bot.dialogue.questions import COUNT, answer_shown, situation, split, title
from bot.dialogue.stages import Proposal
from core.errors import InvalidAnswer
from core.regions import region_name
from forms.draft import Draft

MOST_NAMED = 3
"""Items that are told of after an answer; a longer list is in the guide and in the check."""


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
    asked = desk if name.endswith(COUNT) else held  # once said, how many there are is asked no more
    proposal = Proposal(
        what="situation" if kind == "situation" else "field", key=name, raw=said, title=title(asked, key),
        shown=answer_shown(held, key), entity=entity,
    )
    effect = _effect(held, kind, name) or _items(desk, held, kind, name)
    return Put(draft, proposal, effect, contested, kind == "situation")


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


def _items(before: Desk, after: Desk, kind: str, name: str) -> str:
    """Which items the answer has settled, where the content has no words of its own for it.

    What goes is told of a single choice alone: of several wishes all others go, and who is not sure is not told so.
    """
    found = situation(after, name) if kind == "situation" else None
    if found is None:
        return ""
    was, now = before.engine.merged(before.paper), after.engine.merged(after.paper)
    had, has = {leg.item.code: leg.item.title for leg in was.legs}, {leg.item.code: leg.item.title for leg in now.legs}
    added = [title for code, title in has.items() if code not in had]
    left, bank = {*has, *now.undecided}, before.engine.bank.items
    gone = [bank[code].title for code in (*had, *was.undecided) if code not in left]
    told = found.type == "single" and after.paper.situations[name].value not in UNSURE
    said = (("nod.adds", added), ("nod.spares", gone if told else []))
    return "".join(before.say(key, items=_quoted(titles)) for key, titles in said if 0 < len(titles) <= MOST_NAMED)


def _quoted(titles: list[str]) -> str:
    return "、".join(f"“{one}”" for one in titles)
