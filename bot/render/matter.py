"""One-things in blocks: what it is, which one is meant, what there is."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.blocks import Action, Block
from bot.dialogue.desk import Desk
from bot.render.basics import card, options

OFFERED = 4
"""One-things offered before anybody has said what they want."""


def matter_block(desk: Desk, code: str, *, sure: bool = False) -> Block:
    """One one-thing with its guide. ``sure`` when it is gone on with at once: then there is a way to say no."""
    entry, say = desk.matters[code], desk.say
    if sure and entry.audience and code in desk.can_file:
        return _short(desk, code)
    start = Action(id=f"act:begin:{code}", label=say("button.begin"), say=say("button.begin"), style="primary")
    no = Action(id="act:none", label=say("button.not_this"), say=say("button.not_this"), style="quiet")
    actions = [no] if sure or code not in desk.can_file else [start, no]
    if sure and code in desk.can_file and not desk.signed_in:  # the card to sign in follows
        actions = []
    facts = [(say("matter.departments"), "、".join(entry.departments))] if entry.departments else []
    facts.append((say("matter.fee"), entry.fee))
    title = say("matter.title", title=entry.title)
    return card(title, entry.guide, facts, actions=actions)


def _short(desk: Desk, code: str) -> Block:
    """For whom it is and what it costs; the guide is one press away, for the form is begun already.

    To a guest the card to sign in follows, which has the way to say no.
    """
    entry, say = desk.matters[code], desk.say
    guide = Action(id=f"act:guide:{code}", label=say("button.guide"), say=say("button.guide"), style="quiet")
    no = Action(id="act:none", label=say("button.not_this"), say=say("button.not_this"), style="quiet")
    return card(say("matter.title", title=entry.title), entry.audience, [(say("matter.fee"), entry.fee)],
                actions=[guide, no] if desk.signed_in else [guide])


def said_block(desk: Desk, code: str) -> Block:
    """What the catalogue says of a one-thing that cannot be filed here: how it goes, which departments take part."""
    entry, say = desk.matters[code], desk.say
    facts = [(say("matter.departments"), "、".join(entry.departments))] if entry.departments else []
    return card(say("matter.title", title=entry.title), entry.guide, facts)


def confirm_block(desk: Desk, code: str, asked: str = "recognise.confirm") -> Block:
    """Is it this one? ``asked`` is the wording of the question."""
    say = desk.say
    return options(
        say(asked, title=desk.title(code)),
        [Action(id=f"act:begin:{code}", label=say("button.yes_this"), say=say("button.yes_this"), style="primary"),
         Action(id="act:none", label=say("button.not_this"), say=say("button.not_this"))],
        desk.matters[code].audience if code in desk.matters else "",
    )


def choose_block(desk: Desk, codes: Iterable[str], prompt: str) -> Block:
    """Which of these?"""
    say = desk.say
    items = [Action(id=f"act:begin:{code}", label=desk.title(code), say=desk.title(code)) for code in codes]
    none = Action(id="act:none", label=say("button.none_of_these"), say=say("button.none_of_these"))
    return options(prompt, [*items, none])


def all_block(desk: Desk, prompt: str, *, more: bool = True, but: Collection[str] = ()) -> Block:
    """What most people come for, with the ways to progress and to a person: all of it would fill the screen.

    ``but`` is what they said they do not want.
    """
    say = desk.say
    items = [Action(id=f"act:begin:{code}", label=entry.title, say=entry.title)
             for code, entry in desk.matters.items() if code not in but][:OFFERED]
    side = [
        Action(id="act:progress", label=say("button.progress"), say=say("button.progress"), style="quiet"),
        Action(id="act:person", label=say("button.person"), say=say("button.person"), style="quiet"),
    ]
    return options(prompt, [*items, *(side if more else ())])


def login_block(desk: Desk, code: str) -> Block:
    """Please sign in; then it goes on here."""
    say = desk.say
    return card(say("login.title"), say("login.why", title=desk.title(code)), actions=[
        Action(id="act:login", label=say("button.login"), style="primary"),
        Action(id="act:none", label=say("button.not_this"), style="quiet"),
    ])
