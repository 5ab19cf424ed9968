"""Where the draft in hand goes next: consent, look-ups, the next question, or the check of all answers."""

from __future__ import annotations

from bot.blocks import Block
from bot.dialogue.completing import day_known
from bot.dialogue.desk import Desk
from bot.dialogue.drafting import Asking, Checking, Consenting, Correcting, Drafted, Filling, Offline, Signing
from bot.dialogue.early import offered_early, own_first
from bot.dialogue.outcome import GiveConsent, Outcome, Prefill, at
from bot.dialogue.questions import WORDS, answer_shown, full_key, key_of, open_questions, question, to_come
from bot.dialogue.siblings import told_apart
from bot.dialogue.stages import Nodding
from bot.dialogue.state import State
from bot.dialogue.told import recalled
from bot.render.answers import nod_block
from bot.render.basics import notice, text
from bot.render.check import check_blocks, check_mine, check_short, reopened
from bot.render.paper import consent_block, offline_block
from bot.render.question import question_block
from forms.merging.merged import Question


def drafted(state: State) -> Drafted:
    """The stage in hand, which works on a draft."""
    stage = state.stage
    if not isinstance(stage, Drafted):
        raise TypeError(f"{stage.kind} holds no draft")
    return stage


def onward(state: State, desk: Desk, *, look_up: bool = True) -> Outcome:
    """The next thing to do about the draft. ``look_up`` is False right after looking up."""
    stage = drafted(state)
    if isinstance(stage, Correcting):
        return _next_correction(state, stage, desk)
    draft, engine = desk.paper, desk.engine
    if draft.consent is None:
        return _consent(state, stage, desk)
    if look_up and draft.consent.given and engine.to_look_up(draft):
        return Outcome(state, effects=(Prefill(),))
    if ended := ended_at(desk):
        held = Offline(draft=stage.draft, one_thing=stage.one_thing, key=ended)
        return Outcome(at(state, held), (offline_block(desk, ended),))
    left = open_questions(desk)
    if not left:
        return check(state, desk, whole=False)
    state, known = recalled(state, desk)
    state, offer = offered_early(state, desk)
    found = own_first(left, desk)[0]
    asked = ask(state, desk, found, left=to_come(desk, key_of(found))).after(*offer)
    if not known:
        return asked
    over = Nodding(proposals=tuple(one.proposal for one in known), under=asked.state.stage)
    return Outcome(at(asked.state, over, left=-1), (nod_block(desk.say, over.proposals),))


def _consent(state: State, stage: Drafted, desk: Desk) -> Outcome:
    wanted = desk.engine.consent(desk.paper)
    held = at(state, Consenting(draft=stage.draft, one_thing=stage.one_thing))
    if not wanted.sources:
        return Outcome(held, effects=(GiveConsent(False),))
    return Outcome(held, (consent_block(desk, wanted),))


def ended_at(desk: Desk) -> str:
    """The situation whose answer ends the online way, or nothing."""
    option = desk.engine.offline(desk.paper)
    if option is None:
        return ""
    for found, answer in desk.engine.situations(desk.paper):
        chosen = answer.value if answer else ()
        if option in found.options and option.value in ([chosen] if isinstance(chosen, str) else chosen):
            return found.code
    return ""


def ask(state: State, desk: Desk, found: Question, *, left: int = -1, typed: str = "") -> Outcome:
    """Put one question on the table. ``left`` is how many follow it; -1 leaves that unsaid."""
    stage = drafted(state)
    ticked: tuple[str, ...] = ()
    common = {"draft": stage.draft, "one_thing": stage.one_thing}
    if isinstance(stage, Correcting):
        held: Drafted = stage
    elif found.kind == "situation":
        answer = desk.paper.situations.get(found.key)
        ticked = tuple(answer.value) if answer and isinstance(answer.value, list) else ()
        held = Asking(**common, key=found.key, ticked=ticked)
    else:
        held = Filling(**common, what=found.kind, key=found.key, typed=typed)
    more = max(left - state.left + 1, 0) if left >= 0 and state.left >= 0 else 0
    block = question_block(desk.say, found, left=max(left, 0), more=more, first=not state.trail, ticked=ticked,
                           present=answer_shown(desk, key_of(found)), apart=told_apart(desk, found))
    day = day_known(at(state, held)) if found.type == "datetime" else ""
    lead = (text(desk.say("ask.day_known", day=day)),) if day and not typed else ()
    return Outcome(at(state, held, left=left), (*wrong_here(held, found, desk), *lead, block))


def wrong_here(stage: object, found: Question, desk: Desk) -> tuple[Block, ...]:
    """In a correction, what the notice says of this very question."""
    says = stage.says.get(key_of(found), "") if isinstance(stage, Correcting) else ""
    return (notice("info", desk.say("correction.here", says=says)),) if says else ()


def check(state: State, desk: Desk, *, whole: bool = True) -> Outcome:
    """Lay all the answers on the table; or the citizen's own, and only the ways on when those were shown before."""
    stage = drafted(state)
    case, allowed = correction_of(stage)
    held = Checking(draft=stage.draft, one_thing=stage.one_thing, case=case, allowed=allowed)
    if whole:
        blocks = check_blocks(desk, again=bool(case))
    else:
        blocks = check_short(desk) if state.checked else check_mine(desk, again=bool(case))
    if case:
        blocks = reopened(desk, blocks, frozenset(map(full_key, allowed)), only=not whole)
    return Outcome(at(state, held, checked=True), blocks)


def correction_of(stage: Drafted) -> tuple[str, tuple[str, ...]]:
    """The case a stage corrects and what may be changed in it; nothing outside a correction."""
    return (stage.case, stage.allowed) if isinstance(stage, Correcting | Checking | Signing) else ("", ())


def change(state: State, desk: Desk, key: str) -> Outcome | None:
    """Ask once more what was answered already; None when it may not be changed or does not apply any more."""
    stage = drafted(state)
    case, allowed = correction_of(stage)
    found = question(desk, key)
    if found is None or (case and key not in map(full_key, allowed)):
        return None
    if case:
        stage = Correcting(draft=stage.draft, one_thing=stage.one_thing, case=case, todo=(key,), allowed=allowed)
    return ask(at(state, stage), desk, found)


def _next_correction(state: State, stage: Correcting, desk: Desk) -> Outcome:
    """The next of the corrections; then whatever they opened; then the check."""
    for place, about in enumerate(stage.todo):
        if about == WORDS:
            held = stage.model_copy(update={"todo": stage.todo[place:]})
            return Outcome(at(state, held), (text(desk.say("correction.words")),))
        found = question(desk, full_key(about))
        if found is not None:
            held = stage.model_copy(update={"todo": stage.todo[place:]})
            return ask(at(state, held), desk, found, left=len(held.todo) - 1)
    opened = tuple(key_of(one) for one in open_questions(desk) if key_of(one) not in state.trail)
    if opened:
        held = stage.model_copy(update={"todo": opened, "allowed": (*stage.allowed, *opened)})
        return _next_correction(at(state, held), held, desk)
    return check(state, desk, whole=False)
