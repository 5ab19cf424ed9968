"""A question of the draft as a block."""

from __future__ import annotations

from collections.abc import Iterable

from bot.blocks import Action, Block
from bot.render.basics import card, options
from bot.wording.wording import Wording
from forms.content.element_schema import Option
from forms.content.material_schema import Way
from forms.merging.merged import Question

MOST_BUTTONS = 12
"""A longer list is typed, with the first few as examples."""
PRIVATE = frozenset({"id_number", "phone", "bank_account"})
"""Types of answers that are better not left standing in a talk."""


def question_block(
    say: Wording, question: Question, *, left: int = 0, more: int = 0, first: bool = False,
    ticked: Iterable[str] = (), present: str = "", apart: str = "", brief: bool = False,
) -> Block:
    """The question as choices, as a card to type an answer to, or as ways to give a material.

    ``left`` counts the questions after this one, ``more`` how many of them the last answer opened; ``present`` is the
    answer it has already, ``apart`` what tells this one of several from the others. ``brief`` where it was all said
    just before.
    """
    key = f"{question.kind}:{question.key}"
    side = tuple(_side(say, question, key, first))
    help_ = "" if brief else question.help
    parts = (say("ask.apart", known=apart) if apart else "", help_, _present(say, present), _left(say, left, more))
    help_ = "\n".join(part for part in parts if part)
    if question.kind == "material":
        return card(question.ask, help_, actions=(*_ways(say, question, key), *side))
    if 0 < len(question.options) <= MOST_BUTTONS:
        return _choices(say, question, key, help_, side, set(ticked))
    facts = [(say("ask.example"), example)] if (example := _example(question)) else []
    asked = card(question.ask, help_, facts, actions=side)
    return asked.model_copy(update={"private": True}) if question.type in PRIVATE else asked


def _choices(
    say: Wording, question: Question, key: str, help_: str, side: tuple[Action, ...], ticked: set[str]
) -> Block:
    multi = question.type in ("multi", "choices")
    name = "tick" if multi else "answer"
    items = [_option(name, key, option, option.value in ticked) for option in question.options]
    done = Action(id=f"act:done:{key}", label=say("button.done"), style="primary") if multi else None
    if multi:
        help_ = "\n".join(part for part in (help_, say("ask.several")) if part)
    return options(question.ask, (*items, *side), help_, multi=multi, done=done)


def _option(name: str, key: str, option: Option, chosen: bool) -> Action:
    return Action(id=f"act:{name}:{key}={option.value}", label=option.label, say=option.label, help=option.help,
                  chosen=chosen)


def _side(say: Wording, question: Question, key: str, first: bool) -> Iterable[Action]:
    if question.optional:
        yield Action(id=f"act:skip:{key}", label=say("button.skip"), say=say("button.skip"), style="quiet")
    elif question.unknown:
        yield Action(id=f"act:skip:{key}", label=say("button.unknown"), say=say("button.unknown"), style="quiet")
    if question.why or question.asked_by:
        yield Action(id=f"act:why:{key}", label=say("button.why"), say=say("button.why"), style="quiet")
    if not first:
        yield Action(id="act:back", label=say("button.back"), say=say("button.back"), style="quiet")


def _ways(say: Wording, question: Question, key: str) -> Iterable[Action]:
    for way in question.ways:
        if way.way == "upload":
            yield Action(id=f"act:upload:{question.key}", label=say("button.upload"), style="primary")
        elif way.way in ("pledge", "deferred", "window"):
            label = say(f"button.way_{way.way}", days=way.within_days or "")
            yield Action(id=f"act:way:{key}={way.way}", label=label, say=label, help=_way_help(way))


def _way_help(way: Way) -> str:
    return way.text


def _example(question: Question) -> str:
    if question.options:
        return "、".join(option.label for option in question.options[:4])
    return question.example


def _present(say: Wording, present: str) -> str:
    return say("ask.present", answer=present) if present else ""


def _left(say: Wording, left: int, more: int) -> str:
    if more and left:
        return say("ask.left_more", count=left, more=more)
    return say("ask.left", count=left) if left else ""
