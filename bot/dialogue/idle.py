"""Nothing is going on, or a case is waited for: which one-thing do they want?"""

from __future__ import annotations

from bot.blocks import Action
from bot.dialogue.again import again, carry_on
from bot.dialogue.desk import Desk
from bot.dialogue.entering import begin, deny
from bot.dialogue.heard import Heard
from bot.dialogue.marks import bare
from bot.dialogue.outcome import OpenCorrection, Outcome, at
from bot.dialogue.stages import Confirming, Idle, Login, Waiting
from bot.dialogue.state import State
from bot.dialogue.told import remember
from bot.render.basics import card, text
from bot.render.matter import all_block, choose_block, confirm_block, matter_block
from bot.render.talk import out_of_scope_block

MOST_CHOICES = 3


def idle(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Go by the band of understanding; 「去改」 opens the correction that was asked for."""
    if isinstance(state.stage, Waiting) and state.stage.asks and bare(heard.text) in desk.say.words("heard.fix"):
        return Outcome(state, effects=(OpenCorrection(state.stage.case),))
    if not_wanted(heard):
        never = {one.code for one in heard.read.ranking[:1]}.union(state.denied)
        return Outcome(state, (all_block(desk, desk.say("recognise.denied"), but=never),))
    if heard.read.band in ("act", "confirm", "choose"):
        state = remember(state.model_copy(update={"told": ()}), heard)
    codes = tuple(one.code for one in heard.read.ranking if one.code in desk.matters and one.code not in state.denied)
    best = heard.read.ranking[0].code if heard.read.ranking else ""
    match heard.read.band:
        case "act" if best in state.denied and best in desk.matters:  # they said no to it, and say it plainly again
            return Outcome(at(state, Confirming(choices=(best,))), (confirm_block(desk, best),))
        case "act" if codes:
            return _act(state, heard, desk, codes)
        case "confirm" if codes:
            asked = "recognise.done" if heard.read.says == "done" else "recognise.confirm"
            return Outcome(at(state, Confirming(choices=codes[:1])), (confirm_block(desk, codes[0], asked),))
        case "act" | "confirm" | "choose" if codes:
            likely = [code for code in codes if code in heard.read.open_to]
            shown = tuple(likely or codes)[:MOST_CHOICES]
            block = choose_block(desk, shown, desk.say("recognise.choose"))
            return Outcome(at(state, Confirming(choices=shown)), (block,))
        case "out_of_scope":
            return beyond(state, heard, desk)
        case _:
            return unknown(state, desk)


def not_wanted(heard: Heard) -> bool:
    """Whether words name something only to say that it is not wanted."""
    return not heard.action and heard.read.says == "denied" and heard.read.band == "unknown"


def _act(state: State, heard: Heard, desk: Desk, codes: tuple[str, ...]) -> Outcome:
    """It is clear: say what it is and go straight on; a second matter comes later."""
    named = tuple(code for code in heard.read.matters if code in desk.matters and code not in state.denied) or codes[:1]
    first, rest = named[0], named[1:]
    state = at(state, state.stage, later=tuple(dict.fromkeys((*state.later, *rest))))
    intro = [matter_block(desk, first, sure=True)]
    if rest:
        titles = "、".join(desk.title(code) for code in rest)
        said = desk.say("recognise.two", first=desk.title(first), later=titles)
        return begin(state, first, desk).after(*intro, text(said))
    ahead = begin(state, first, desk)
    return ahead.after(*intro) if first in desk.can_file else ahead


def beyond(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Not our matter: a useful way on."""
    kind = heard.read.out_kind
    block = out_of_scope_block(desk.say, kind)
    if kind == "gibberish":
        return unknown(state, desk)
    if kind in ("chitchat", "injection"):
        return Outcome(state, (block, all_block(desk, desk.say("greet.what"), more=False)))
    return Outcome(at(state, state.stage), (block,))


def unknown(state: State, desk: Desk) -> Outcome:
    """Ask again with examples; the second time offer a person. Whoever has to correct something may mean that."""
    if isinstance(state.stage, Waiting) and state.stage.asks:
        fix = Action(id=f"act:fix:{state.stage.case}", label=desk.say("button.fix_now"), style="primary")
        person = Action(id="act:person", label=desk.say("button.person"), say=desk.say("button.person"), style="quiet")
        return Outcome(state, (card(desk.say("correction.first"), actions=(fix, person)),))
    misses = state.misses + 1
    key = "recognise.again" if misses < 2 else "recognise.person"
    return Outcome(state.model_copy(update={"misses": misses}), (all_block(desk, desk.say(key)),))


def login(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Asked to sign in: another wish is taken up, anything else is kept in mind until they are in."""
    stage = state.stage
    code = stage.one_thing if isinstance(stage, Login) else ""
    if heard.wants("no") or (not_wanted(heard) and heard.read.ranking[:1] and heard.read.ranking[0].code == code):
        return deny(state, desk)
    if heard.read.band == "act" and heard.read.ranking[0].code != code:
        return idle(at(state, Idle()), heard, desk)
    if heard.read.band == "out_of_scope" and heard.read.out_kind not in ("gibberish", None):
        return carry_on(state, desk, out_of_scope_block(desk.say, heard.read.out_kind))
    if other := _other_wish(heard, desk, code):
        choices = (*other, code)
        block = choose_block(desk, choices, desk.say("recognise.or"))
        return Outcome(at(state, Confirming(choices=choices)), (block,))
    if heard.read.out_kind == "gibberish":
        return carry_on(state, desk, text(desk.say("recognise.unclear")))
    return again(remember(state, heard), desk)


def _other_wish(heard: Heard, desk: Desk, code: str) -> tuple[str, ...]:
    """What else may be wanted: words that fit other matters and not the one in hand, and tell nothing for its form."""
    likely = [one.code for one in heard.read.ranking if one.code in desk.matters][:MOST_CHOICES]
    if heard.action or heard.read.entities or heard.read.band not in ("confirm", "choose") or code in likely:
        return ()
    return tuple(one for one in likely if one in heard.read.open_to) or tuple(likely[:1])


def confirming(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Asked which one-thing is meant."""
    stage = state.stage
    choices = stage.choices if isinstance(stage, Confirming) else ()
    if heard.wants("yes") and len(choices) == 1:
        return begin(state, choices[0], desk)
    picked = _picked(heard, desk, choices)
    if picked == "none" or heard.wants("no") or (not_wanted(heard) and len(choices) == 1):
        return deny(state, desk)
    if picked:
        return begin(state, picked, desk)
    return idle(at(state, Idle()).model_copy(update={"misses": state.misses}), heard, desk)


def _picked(heard: Heard, desk: Desk, choices: tuple[str, ...]) -> str:
    """The choice made by number or by title."""
    said = bare(heard.text)
    if said.isdigit() and 1 <= int(said) <= len(choices) + 1:
        return (*choices, "none")[int(said) - 1]
    if said and said in (desk.say("button.none_of_these"), desk.say("button.not_this")):
        return "none"
    return next((code for code in choices if said and said in (desk.title(code), *desk.matters[code].aliases)), "")
