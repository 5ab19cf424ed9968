"""What is said where values wait for a nod: a yes that says them once more, another name, something beside them."""

from __future__ import annotations

import re

from bot.dialogue.again import again
from bot.dialogue.desk import Desk
from bot.dialogue.digressing import current, no_idea
from bot.dialogue.heard import KNOWN_GROUND, SWITCH, Heard
from bot.dialogue.marks import asked, bare
from bot.dialogue.outcome import Outcome
from bot.dialogue.questioning import asks
from bot.dialogue.questions import question
from bot.dialogue.stages import Nodding, Proposal
from bot.dialogue.state import State
from bot.dialogue.told import mentions
from bot.render.basics import text
from intents.acts import hear_acts
from intents.understanding import Context
from nlu.entities.names import may_be_name

_YES_NO = Context("yes_no")
_AGREEING = frozenset({"yes", "noted", "submit"})


def agrees(stage: Nodding, heard: Heard, desk: Desk) -> bool:
    """「对，叫陈小满」, 「对的就是陈小满」: a yes and the values shown, nothing else. A value alone nods to itself."""
    if heard.action or asked(heard.text) or heard.act not in ("", "resume", "skip", *_AGREEING):
        return False
    said = _without_going_on(heard.text)
    rest = _without(stage, said, desk)
    if rest == heard.text:
        return False
    if not bare(rest):
        return len(stage.proposals) == 1 and rest != said
    acts = hear_acts(rest, _YES_NO)
    return bool(acts) and acts[0].code in _AGREEING


def _without_going_on(said: str) -> str:
    """「没问题，下一步」 without the last piece, where that only wants to go on."""
    head, mark, tail = said.rpartition("，") if "，" in said else said.rpartition(",")
    acts = hear_acts(tail, _YES_NO) if mark else ()
    return head if acts and acts[0].code in ("resume", "skip") else said


def _without(stage: Nodding, said: str, desk: Desk) -> str:
    """The words without the values shown and what leads to them."""
    shown = {words for one in stage.proposals for words in (one.shown, one.raw, *_named(one, desk)) if words}
    values = "|".join(map(re.escape, sorted(shown, key=len, reverse=True)))
    lead = "(?:的?(?:名字)?(?:就是|就叫|叫做|叫|是))?"
    return re.sub(rf"{lead}(?:{values})(?:的|啦|了)?", "，", said) if values else said


def _named(one: Proposal, desk: Desk) -> tuple[str, ...]:
    """All names of the option shown."""
    found = question(desk, f"{one.what}:{one.key}")
    chosen = [option for option in found.options if option.value == one.raw] if found else []
    return tuple(word for option in chosen for word in (option.label, *option.aliases))


def a_name(stage: Nodding, heard: Heard, desk: Desk) -> dict[str, str]:
    """A name, with nothing else or with other values said again, puts the name right that has a character of it."""
    said = bare(_without(stage, heard.text, desk))
    alike = any(one.entity == "name" and set(one.raw) & set(said) for one in stage.proposals)
    named = alike and not (heard.action or heard.read.acts or asked(heard.text)) and may_be_name(said)
    return {"name": said} if named else {}


def said_beside(state: State, stage: Nodding, heard: Heard, desk: Desk) -> Outcome | None:
    """Another matter, a question, or a choice still to come: answered or kept for later, and the nod goes on."""
    if heard.action:
        return None
    shown = {one.key for one in stage.proposals}
    if mentions(heard, desk, shown):
        return again(state, desk).after(text(desk.say("nod.to_come") + desk.say("nod.please")))
    if more := _other_matters(state, heard, desk):
        titles = "、".join(desk.title(code) for code in more)
        said = text(desk.say("nod.later", titles=titles) + desk.say("nod.please"))
        return again(state.model_copy(update={"later": (*state.later, *more)}), desk).after(said)
    if asks(heard.text) and any(hit.one_thing == current(state) for hit in heard.read.faq):
        return no_idea(state, heard, desk)
    return None


def _other_matters(state: State, heard: Heard, desk: Desk) -> tuple[str, ...]:
    """What else is plainly wanted, not merely resembled."""
    likely = {one.code for one in heard.read.ranking if one.score >= SWITCH}
    if heard.read.band != "act" or heard.read.near < KNOWN_GROUND:
        return ()
    known = (current(state), *state.later)
    return tuple(code for code in heard.read.matters if code in likely and code in desk.matters and code not in known)
