"""Others who confirm for themselves: passing a link on, and going on when somebody has decided."""

from __future__ import annotations

from bot.blocks import Action
from bot.dialogue.again import again, carry_on
from bot.dialogue.desk import Desk
from bot.dialogue.drafting import Asking, Checking, Drafted, Filling, Signing
from bot.dialogue.events import LinkMade, OtherDecided
from bot.dialogue.heard import Heard
from bot.dialogue.marks import bare
from bot.dialogue.onward import check
from bot.dialogue.outcome import AskOther, Outcome, Prefill
from bot.dialogue.owners import words_of
from bot.dialogue.stages import Nodding, Sure, WithPerson
from bot.dialogue.state import State
from bot.render.basics import card
from bot.render.others import ASKABLE, decided_blocks, link_block, others_block


def pass_on(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Make a link for one of them: ``act:confirm:[<draft>/]<key>``."""
    draft, _, key = heard.ref.rpartition("/")
    if key and (draft or in_hand(state)):
        return Outcome(state, effects=(AskOther(key, draft),))
    return again(state, desk)


def passing(heard: Heard, desk: Desk) -> str:
    """「发给她」: the key of the first who is missing; empty when that was not said, or nobody is."""
    if heard.action or bare(heard.text) not in desk.say.words("heard.pass_on"):
        return ""
    missing = (who.key for who in desk.engine.confirmations(desk.paper) if who.state in ASKABLE)
    return next(missing, "")


def instead(heard: Heard, desk: Desk) -> str:
    """「妈妈不方便，交书面的」: the key of the paper that may stand for who is missing, or nothing."""
    if heard.action or not any(word in heard.text for word in desk.say.words("heard.instead")):
        return ""
    asked = [who for who in desk.engine.confirmations(desk.paper) if who.state in ASKABLE and who.paper]
    named = [who for who in asked
             if any(word in heard.text for word in words_of(who.subject, who.title, desk.say))]
    return next((who.paper for who in (*named, *asked)), "")


def linked(state: State, event: LinkMade, desk: Desk) -> Outcome:
    """Here is the link; what was on the table stays there, and a question is put once more."""
    if isinstance(state.stage, Asking | Filling):
        return carry_on(state, desk, link_block(desk.say, event))
    return Outcome(state, (link_block(desk.say, event),))


def in_hand(state: State) -> str:
    """The draft in hand, also below what stands over it; empty without one."""
    stage: object = state.stage
    while isinstance(stage, Nodding | Sure | WithPerson):
        stage = stage.under
    return stage.draft if isinstance(stage, Drafted) else ""


def decided(state: State, event: OtherDecided, desk: Desk) -> Outcome:
    """Somebody decided: said once; with the answers on the table, go on with what that opens or allows."""
    if in_hand(state) != event.draft or desk.draft is None:
        go_on = Action(id="act:resume", label=desk.say("button.resume"), style="primary")
        more = (card(desk.say("others.go_on", matter=event.matter), actions=(go_on,)),) if event.open else ()
        return Outcome(state, (*decided_blocks(desk.say, event), *more))
    left = [who.title for who in desk.engine.confirmations(desk.paper) if not who.done]
    said = decided_blocks(desk.say, event, left)
    if not isinstance(state.stage, Asking | Filling | Checking | Signing):
        return Outcome(state, said)
    if event.confirmed and desk.paper.consent and desk.paper.consent.given and desk.engine.lookups(desk.paper):
        return Outcome(state, said, (Prefill(),))
    if isinstance(state.stage, Asking | Filling) or (isinstance(state.stage, Signing) and not desk.blockers()):
        return Outcome(state, said)
    return check(state, desk, whole=False).after(*said)


def listed(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Who has to confirm and how that stands."""
    found = others_block(desk, always=True) if in_hand(state) and desk.draft is not None else ()
    return Outcome(state, found) if found else again(state, desk)
