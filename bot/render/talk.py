"""The talk about the talk: resuming, being sure, help, a person, what is beyond us."""

from __future__ import annotations

from collections.abc import Iterable

from bot.blocks import Action, Block, HandOver
from bot.dialogue.desk import Desk
from bot.dialogue.sights import DraftSight
from bot.dialogue.stages import Sure
from bot.render.basics import buttons, card, notice, options, text
from bot.render.place import moving_block
from bot.wording.wording import Wording
from core.clock import now
from core.workdays import at_work
from intents.understanding import Distress


def resume_block(desk: Desk, code: str, draft: str) -> Block:
    """Go on with what was begun, or begin afresh?"""
    say = desk.say
    return options(say("resume.found", title=desk.title(code)), [
        Action(id=f"act:resume:{draft}", label=say("button.resume"), say=say("button.resume"), style="primary"),
        Action(id=f"act:anew:{code}", label=say("button.anew"), say=say("button.anew"), help=say("resume.anew_help")),
    ])


def drafts_block(desk: Desk, drafts: Iterable[DraftSight]) -> Block:
    """Which of the unfinished ones?"""
    items = [Action(id=f"act:resume:{one.id}", label=desk.title(one.one_thing), say=desk.title(one.one_thing))
             for one in drafts]
    return options(desk.say("resume.which"), items)


def sure_block(desk: Desk, stage: Sure) -> Block:
    """Do you really mean it? Of another place, with what it changes."""
    say = desk.say
    if stage.what == "place":
        return moving_block(desk, stage.about)
    current = desk.title(getattr(stage.under, "one_thing", ""))
    prompt = say(f"sure.{stage.what}", title=current, other=desk.title(stage.about) or stage.about)
    return options(prompt, [
        Action(id="act:yes", label=say(f"sure.{stage.what}_yes"),
               style="primary" if stage.what == "switch" else "danger"),
        Action(id="act:no", label=say(f"sure.{stage.what}_no")),
    ])


def person_block(say: Wording) -> Block:
    """A person takes over; meanwhile these numbers. Out of hours nobody is let wait for nothing."""
    hours, words = say("person.hours"), say("person.words" if at_work(now()) else "person.closed")
    back = Action(id="act:bot", label=say("button.bot"))
    plain = "\n".join([words, say("person.call", phone="12345", hours=hours), buttons([back])])
    return HandOver(plain=plain, text=words, phone="12345", hours=hours)


def danger_block(say: Wording, kind: Distress) -> Block:
    """Whom somebody in danger calls now, and what to do first."""
    words, phone = say(f"distress.{kind}"), say(f"distress.phone.{kind}")
    back = Action(id="act:bot", label=say("button.bot"))
    plain = "\n".join([words, say("distress.call", phone=phone), buttons([back])])
    return HandOver(plain=plain, text=words, phone=phone)


def told_block(say: Wording) -> Block:
    """After `danger_block`: that a person knows as well, and nobody should wait for them."""
    return text(say("distress.told" if at_work(now()) else "distress.closed"))


def muted_block(say: Wording) -> Block:
    """Nobody has come yet: what was said is kept, and what may be done meanwhile."""
    return card(say("person.waiting"), actions=[_back(say)])


def pressed_block(say: Wording) -> Block:
    """A button of the bot was pressed while a person has the word."""
    return card(say("person.pressed"), actions=[_back(say)])


def _back(say: Wording) -> Action:
    return Action(id="act:bot", label=say("button.bot"), say=say("button.bot"))


def out_of_scope_block(say: Wording, kind: str | None) -> Block:
    """A useful way on for what is not our matter."""
    words = say.first(f"out.{kind}", "out.other_service")
    if kind not in ("other_service", "complaint"):
        return text(words)
    return card(words, actions=[Action(id="act:person", label=say("button.person"), say=say("button.person"))])


def large_block(say: Wording, on: bool) -> Block:
    """Large type was switched."""
    return notice("info", say("large.on" if on else "large.off"))
