"""Effects were performed, or something happened outside: what that means for the talk."""

from __future__ import annotations

from bot.dialogue.again import again, carry_on
from bot.dialogue.desk import Desk
from bot.dialogue.drafting import Correcting, Drafted, Signing
from bot.dialogue.entering import enter, named_in, opened
from bot.dialogue.events import (
    CaseMoved,
    CasesFound,
    Consented,
    CorrectionOpened,
    Done,
    DraftFound,
    DraftMoved,
    DraftOpened,
    DraftsFound,
    Event,
    Failed,
    HandedBack,
    HandedOver,
    LinkMade,
    NobodyYet,
    NotSubmitted,
    OtherDecided,
    PlaceWanted,
    Prefilled,
    SignedIn,
    Submitted,
)
from bot.dialogue.onward import check, correction_of, drafted, onward
from bot.dialogue.others import decided, linked
from bot.dialogue.outcome import LoadDraft, Outcome, at
from bot.dialogue.person import handed_back
from bot.dialogue.placing import wanted
from bot.dialogue.questions import WORDS, full_key
from bot.dialogue.stages import Confirming, Idle, Login, Resuming, Waiting, WithPerson
from bot.dialogue.state import State
from bot.render.basics import notice, text
from bot.render.case import progress_block, submitted_blocks, told_blocks
from bot.render.check import findings_blocks
from bot.render.matter import all_block, confirm_block
from bot.render.paper import prefill_blocks
from bot.render.talk import drafts_block, muted_block, person_block, resume_block, told_block

_OWN_DOING = ("submitted", "resubmitted", "corrected")
"""What the citizen did themselves: told once, by the reply to it or, when the form page did it, by a notice."""


def take(state: State, event: Event, desk: Desk) -> Outcome:
    """Go on with what came back."""
    match event:
        case DraftOpened():
            return opened(state, desk, event.draft, event.one_thing, fresh=event.fresh, place=event.place)
        case PlaceWanted():
            return wanted(state, event, desk)
        case DraftFound():
            held = Resuming(one_thing=event.found.one_thing, draft=event.found.id)
            return Outcome(at(state, held), (resume_block(desk, held.one_thing, held.draft),))
        case DraftsFound():
            return _drafts(state, event, desk)
        case Consented():
            ahead = onward(state, desk)
            asked = desk.draft is not None and desk.draft.consent is not None and bool(desk.draft.consent.sources)
            return ahead if event.given or not asked else ahead.after(text(desk.say("consent.refused")))
        case Prefilled():
            ahead = onward(state, desk, look_up=False)
            return ahead.after(*prefill_blocks(desk, event.asked))
        case Submitted():
            return _submitted(state, event, desk)
        case NotSubmitted():
            return _not_submitted(state, event, desk)
        case CasesFound() | CaseMoved() | CorrectionOpened():
            return _cases(state, event, desk)
        case _:
            return _rest(state, event, desk)


def _rest(state: State, event: Event, desk: Desk) -> Outcome:
    match event:
        case SignedIn():
            code = state.stage.one_thing if isinstance(state.stage, Login) else ""
            return enter(state, code, desk, named_in(state, desk)) if code else again(state, desk)
        case HandedOver():
            under = state.stage.under if isinstance(state.stage, WithPerson) else state.stage
            said = told_block(desk.say) if event.urgent else person_block(desk.say)
            return Outcome(at(state, WithPerson(under=under)), (said,))
        case HandedBack():
            return handed_back(state, desk, "person.nobody" if event.nobody else "person.over")
        case NobodyYet():
            return Outcome(state, (muted_block(desk.say),) if isinstance(state.stage, WithPerson) else ())
        case Done(what="unbound"):  # whoever reads on in WeChat is a stranger from now on
            return Outcome(state, (text(desk.say("done.unbound")),))
        case Done():
            ahead = carry_on(state, desk, text(desk.say(f"done.{event.what}")))
            return ahead if event.what != "discarded" else ahead.then(all_block(desk, desk.say("greet.what")))
        case DraftMoved():
            return Outcome(state, (notice("info", _moved(event, desk)),))
        case LinkMade():
            return linked(state, event, desk)
        case OtherDecided():
            return decided(state, event, desk)
        case Failed():
            said = notice("error", desk.say.first(event.wording, "error.internal"))
            return again(state, desk).after(said)
        case _:
            return again(state, desk)


def _moved(event: DraftMoved, desk: Desk) -> str:
    """What became of each answer, by name."""
    say, gone = desk.say, [desk.say("resume.moved_gone", count=event.gone)] if event.gone else []
    lines = [say("resume.moved", kept=event.kept)]
    lines += [say("resume.moved_again", titles="、".join(event.again))] if event.again else []
    dropped = [*event.dropped, *gone]
    return "\n".join([*lines, *([say("resume.moved_dropped", titles="、".join(dropped))] if dropped else [])])


def _drafts(state: State, event: DraftsFound, desk: Desk) -> Outcome:
    fits = tuple(one for one in event.drafts if event.one_thing in ("", one.one_thing))
    if len(fits) == 1:
        return Outcome(state, effects=(LoadDraft(fits[0].id),))
    if fits:
        return Outcome(state, (drafts_block(desk, fits),))
    if event.one_thing:
        return enter(state, event.one_thing, desk)
    return Outcome(state, (text(desk.say("resume.none")), all_block(desk, desk.say("greet.what"))))


def _submitted(state: State, event: Submitted, desk: Desk) -> Outcome:
    """It stands. Then the second matter of the same message, and what was laid aside."""
    blocks = submitted_blocks(desk.say, event.case, again=event.again)
    state = at(state, Waiting(case=event.case.number), trail=())
    waiting = tuple(one.one_thing for one in reversed(state.parked))
    next_one = next((code for code in (*state.later, *waiting) if code in desk.can_file), "")
    if not next_one:
        return Outcome(state, blocks)
    later = tuple(code for code in state.later if code != next_one)
    offer = (text(desk.say("later.offer", title=desk.title(next_one))), confirm_block(desk, next_one))
    return Outcome(at(state, Confirming(choices=(next_one,)), later=later), (*blocks, *offer))


def _not_submitted(state: State, event: NotSubmitted, desk: Desk) -> Outcome:
    if not isinstance(state.stage, Drafted):
        return again(state, desk)
    if event.findings:
        return check(state, desk).after(notice("warning", desk.say("check.blocked")),
                                        *(findings_blocks(desk, event.findings)))
    said = notice("error", desk.say.first(f"not_submitted.{event.reason}", "not_submitted.other"))
    if event.reason == "missing":
        return _missing(state, desk).after(said)
    return (again if isinstance(drafted(state), Signing) else check)(state, desk).after(said)


def _missing(state: State, desk: Desk) -> Outcome:
    """Something is still to be answered, most often because the content has changed meanwhile: it is asked now."""
    stage = drafted(state)
    case, allowed = correction_of(stage)
    if case:
        stage = Correcting(draft=stage.draft, one_thing=stage.one_thing, case=case, todo=(), allowed=allowed)
    return onward(at(state, stage), desk)


def _cases(state: State, event: CasesFound | CaseMoved | CorrectionOpened, desk: Desk) -> Outcome:
    if isinstance(event, CasesFound):
        if not event.cases:
            key = "progress.not_found" if event.number else "progress.none"
            return carry_on(state, desk, text(desk.say(key)))
        shown = [progress_block(desk.say, case) for case in event.cases[:3]]
        return carry_on(state, desk, *shown)
    if isinstance(event, CaseMoved):
        done = isinstance(state.stage, Waiting) and state.stage.case == event.case.number and not state.stage.asks
        moves = [one for one in event.moves if not (done and one.what in _OWN_DOING)]
        if not moves:
            return Outcome(state)  # it was said when it was done
        calm = isinstance(state.stage, Idle | Waiting)
        waiting = Waiting(case=event.case.number, asks=bool(event.case.demands))
        held = at(state, waiting) if calm and event.case.open else state
        return Outcome(held, told_blocks(desk.say, event.case, [(one.what, dict(one.params)) for one in moves]))
    return _correction(state, event, desk)


def _correction(state: State, event: CorrectionOpened, desk: Desk) -> Outcome:
    case = event.case
    todo = tuple(dict.fromkeys(demand.about or WORDS for demand in case.demands))
    says = {full_key(demand.about): demand.says for demand in case.demands if demand.about}
    held = Correcting(draft=case.draft, one_thing=case.one_thing, case=case.number, todo=todo, allowed=todo, says=says)
    said = text(desk.say("correction.begin", count=len(todo)))
    return onward(at(state, held, trail=(), replies={}, checked=False), desk).after(said)
