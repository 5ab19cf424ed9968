"""Questions of the draft in hand: the next ones, and any one again. A key is ``situation:code``, ``field:path`` or
``material:slot``."""

from __future__ import annotations

import re
from typing import Literal, cast

from bot.dialogue.desk import Desk
from forms.content.schema import Situation
from forms.merging.merged import Field, Question, Slot

WORDS = "words"
"""Stands for a demand about the case as a whole: it is answered in words."""
_INDEX = re.compile(r"\[\d+\]")
COUNT = ".count"
"""Path ending under which the number of a repeated subject is asked for."""
Kind = Literal["situation", "field", "material"]


def split(key: str) -> tuple[Kind, str]:
    """A key in its kind and its name; what a finding is about may be a bare path."""
    kind, _, name = key.partition(":")
    return (cast(Kind, kind), name) if kind in ("situation", "field", "material") and name else ("field", key)


def key_of(question: Question) -> str:
    """The key of a question."""
    return f"{question.kind}:{question.key}"


def full_key(about: str) -> str:
    """The key of what a finding or a demand is about."""
    return ":".join(split(about))


def open_questions(desk: Desk) -> tuple[Question, ...]:
    """Everything still to ask, in order."""
    return desk.engine.questions(desk.paper)


def to_come(desk: Desk, key: str) -> int:
    """How many questions follow the one under ``key``; what another answer will give by itself is not counted."""
    left = [one for one in open_questions(desk) if key_of(one) != key]
    asked = {unindexed(split(key)[1])} | {unindexed(one.key) for one in left if one.kind == "field"}
    return sum(one.kind != "field" or not _follows(desk, unindexed(one.key), asked) for one in left)


def _follows(desk: Desk, path: str, asked: set[str]) -> bool:
    """Whether a field is worked out from one that is asked anyway."""
    rules = [rule for rule in desk.definition.derive if unindexed(rule.path) == path]
    return any(unindexed(str(value).removeprefix("$")) in asked - {path} for rule in rules
               for value in rule.using.values() if str(value).startswith("$"))


def unindexed(path: str) -> str:
    """``baby[2].name`` as ``baby.name``."""
    return _INDEX.sub("", path)


def question(desk: Desk, key: str) -> Question | None:
    """The question under ``key``, answered or not; None when it does not apply (any more)."""
    kind, name = split(key)
    found = desk.engine.question(desk.paper, name)
    return found if found is not None and found.kind == kind else None


def situation(desk: Desk, code: str) -> Situation | None:
    """A situation that applies."""
    return next((one for one, _ in desk.engine.situations(desk.paper) if one.code == code), None)


def field_at(desk: Desk, path: str) -> Field | None:
    """A field of the merged form."""
    return next((field for field in desk.engine.merged(desk.paper).fields() if field.path == path), None)


def slot_at(desk: Desk, key: str) -> Slot | None:
    """A material slot of the merged form."""
    return next((slot for slot in desk.engine.merged(desk.paper).slots if slot.key == key), None)


def title(desk: Desk, key: str) -> str:
    """What the question under ``key`` is called."""
    found = question(desk, key)
    return found.title if found else desk.engine.title(desk.paper, split(key)[1])


def answer_shown(desk: Desk, key: str, *, masked: bool = False) -> str:
    """The present answer in words, or nothing."""
    kind, name = split(key)
    draft = desk.paper
    if kind == "field" and name in draft.values:
        return desk.engine.masked(draft, name) if masked else desk.engine.shown(draft, name)
    if kind == "field" and name.endswith(COUNT) and name.removesuffix(COUNT) in draft.counts:
        return str(draft.counts[name.removesuffix(COUNT)])
    if kind == "situation" and name in draft.situations:
        found = situation(desk, name)
        return labels(found, draft.situations[name].value) if found else ""
    if kind == "material" and name in draft.materials:
        return desk.say(f"way.{draft.materials[name].way}")
    return ""


def labels(found: Situation, value: str | list[str]) -> str:
    """The labels of a situation's answer."""
    chosen = [value] if isinstance(value, str) else value
    return "、".join(option.label for option in found.options if option.value in chosen)
