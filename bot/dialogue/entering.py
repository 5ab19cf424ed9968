"""Into a one-thing: beginning, signing in first, resuming, laying aside, throwing away."""

from __future__ import annotations

from bot.dialogue.again import again, on_table
from bot.dialogue.desk import Desk
from bot.dialogue.drafting import Asking, Consenting, Drafted, Filling
from bot.dialogue.heard import Heard, whole
from bot.dialogue.memory import Parked, Told
from bot.dialogue.onward import onward
from bot.dialogue.outcome import Discard, FindDrafts, LoadDraft, OpenDraft, Outcome, at
from bot.dialogue.questions import key_of, open_questions
from bot.dialogue.stages import Confirming, Idle, Login, Placing, Resuming, Sure
from bot.dialogue.state import State
from bot.render.basics import text
from bot.render.matter import all_block, login_block, matter_block
from bot.render.place import place_block
from bot.render.talk import sure_block
from core.regions import region_name


def begin(state: State, code: str, desk: Desk) -> Outcome:
    """Begin a one-thing, or go on with it; another one in hand is laid aside only after asking."""
    if code not in desk.matters:
        return Outcome(at(state, Idle()), (all_block(desk, desk.say("recognise.again")),))
    if code not in desk.can_file:
        return Outcome(at(state, Idle()), (matter_block(desk, code), text(desk.say("recognise.guide_only"))))
    stage = state.stage
    if isinstance(stage, Drafted):
        if stage.one_thing == code:
            return again(state, desk)
        over = Sure(what="switch", about=code, under=stage)
        return Outcome(at(state, over), (sure_block(desk, over),))
    return enter(state, code, desk, named_in(state, desk))


def enter(state: State, code: str, desk: Desk, said: str = "") -> Outcome:
    """Open the draft, where it was ``said``; a guest signs in first."""
    if not desk.signed_in:
        return Outcome(at(state, Login(one_thing=code)), (login_block(desk, code),))
    return Outcome(at(state, Idle(), denied=()), effects=(OpenDraft(code, said=said),))


def opened(state: State, desk: Desk, draft: str, code: str, *, fresh: bool, place: str = "") -> Outcome:
    """A draft lies on the desk: go on where it stands."""
    parked = tuple(one for one in state.parked if one.draft != draft)
    held = at(state, Consenting(draft=draft, one_thing=code), parked=parked, trail=(), checked=False, left=-1)
    ahead = onward(held, desk)
    ahead = ahead.after(place_block(desk, place)) if place else ahead
    return ahead if fresh else ahead.after(text(desk.say("resume.back", title=desk.title(code))))


def begun_at(state: State, region: str, desk: Desk) -> State:
    """The state in which a served region was named, as though it had been said."""
    name = region_name(region) if desk.several is not None and region in desk.several.served else None
    if not name:
        return state
    return state.model_copy(update={"told": (*state.told, Told(text=name, chooses=False))})


def named_in(state: State, desk: Desk) -> str:
    """The one served region that was named before the one-thing was begun, if exactly one was."""
    if desk.several is None:
        return ""
    not_here = desk.say.words("heard.not_here")
    found = {region for one in state.told for region in desk.several.named(one.text, not_here)}
    return found.pop() if len(found) == 1 else ""


def park(state: State, desk: Desk) -> Outcome:
    """Lay the draft in hand aside; nothing is lost."""
    stage = state.stage
    if not isinstance(stage, Drafted):
        return Outcome(at(state, Idle()), (text(desk.say("talk.any_time")),))
    title = desk.title(stage.one_thing)
    return Outcome(parked(state), (text(desk.say("pause.kept", title=title)),))


def parked(state: State) -> State:
    """The state with the draft in hand laid aside."""
    stage = state.stage
    if not isinstance(stage, Drafted):
        return at(state, Idle())
    others = tuple(one for one in state.parked if one.draft != stage.draft)
    return at(state, Idle(), parked=(*others, Parked(one_thing=stage.one_thing, draft=stage.draft)), trail=())


def resume(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Go on with what was laid aside; with what is in hand when there is something."""
    if heard.name == "resume" and heard.ref:
        return Outcome(parked(state), effects=(LoadDraft(heard.ref),))
    named = "" if whole(heard) else next((code for code in heard.read.matters if code in desk.matters), "")
    if isinstance(state.stage, Drafted) and named in ("", state.stage.one_thing):
        ahead = onward(state, desk) if _answered_elsewhere(state, desk) else again(state, desk)
        return ahead.after(text(desk.say("talk.carry_on")))
    if isinstance(state.stage, Resuming) and not heard.action and named in ("", state.stage.one_thing):
        return Outcome(state, effects=(LoadDraft(state.stage.draft),))
    asked = isinstance(state.stage, Confirming | Placing) and not heard.action and not named
    if asked or (not desk.signed_in and isinstance(state.stage, Login)):
        return again(state, desk)
    if not desk.signed_in:
        return Outcome(state, (text(desk.say("resume.sign_in")), all_block(desk, desk.say("greet.what"))))
    return Outcome(parked(state), effects=(FindDrafts(named),))


def _answered_elsewhere(state: State, desk: Desk) -> bool:
    """The question on the table was answered on the form page, or on another channel, meanwhile."""
    if not isinstance(state.stage, Asking | Filling) or desk.draft is None:
        return False
    key = on_table(state.stage)
    return key not in state.trail and key not in map(key_of, open_questions(desk))


def anew(state: State, code: str, desk: Desk) -> Outcome:
    """Begin afresh although there is an unfinished draft."""
    if code not in desk.can_file or not desk.signed_in:
        return begin(state, code, desk)
    return Outcome(at(state, Idle()), effects=(OpenDraft(code, anew=True, said=named_in(state, desk)),))


def deny(state: State, desk: Desk) -> Outcome:
    """「不是这个」: not the one-thing that was understood."""
    stage = state.stage
    codes = getattr(stage, "choices", ()) or tuple(filter(None, (getattr(stage, "one_thing", ""),)))
    effects = (Discard(stage.draft, quiet=True),) if isinstance(stage, Consenting) else ()
    denied = tuple(dict.fromkeys((*state.denied, *codes)))
    state = at(state, Idle(), denied=denied, later=(), told=())
    return Outcome(state, (all_block(desk, desk.say("recognise.denied"), but=denied),), effects)


def give_up(state: State, desk: Desk) -> Outcome:
    """Throw the draft in hand away, after asking."""
    stage = state.stage
    if not isinstance(stage, Drafted):
        return Outcome(at(state, Idle(), later=()), (all_block(desk, desk.say("greet.what")),))
    over = Sure(what="discard", under=stage)
    return Outcome(at(state, over), (sure_block(desk, over),))


def resuming(state: State, heard: Heard, desk: Desk) -> Outcome:
    """An unfinished draft was found, and the citizen says what to do with it."""
    stage = state.stage
    if not isinstance(stage, Resuming):
        return again(state, desk)
    if heard.wants("yes", "resume") or heard.text.strip() == "1":
        return Outcome(state, effects=(LoadDraft(stage.draft),))
    if heard.wants("restart") or heard.text.strip() == "2":
        return anew(state, stage.one_thing, desk)
    if heard.wants("no"):  # not now is no wish to lose what was filled
        kept = text(desk.say("pause.kept", title=desk.title(stage.one_thing)))
        return Outcome(at(state, Idle()), (kept, all_block(desk, desk.say("greet.what"), more=False)))
    return again(state, desk)
