"""Consent, the check of all answers, and the signature."""

from __future__ import annotations

from bot.dialogue.again import again, carry_on, on_table_blocks
from bot.dialogue.desk import Desk
from bot.dialogue.digressing import no_idea
from bot.dialogue.drafting import Checking, Signing
from bot.dialogue.entering import give_up
from bot.dialogue.heard import Heard
from bot.dialogue.marks import asked, bare, plainly
from bot.dialogue.onward import check, drafted
from bot.dialogue.others import passing
from bot.dialogue.outcome import AskOther, GiveConsent, Outcome, SaveDraft, Submit, at
from bot.dialogue.questioning import asks
from bot.dialogue.state import State
from bot.dialogue.told import remember, tells
from bot.render.basics import notice, text
from bot.render.check import blocked, blocked_by
from bot.render.paper import sign_block
from nlu.entities.names import may_be_name

_ASKED_OF_SIGNING = (
    ("heard.must_sign", "why.sign"), ("heard.how_to_sign", "sign.please"), ("heard.withdraw", "sign.withdraw"),
    ("heard.change_after", "sign.withdraw"),
)
"""What is asked where a signature is awaited, and what is answered."""


def consenting(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Yes or no to look-ups; no is fine and means filling by hand."""
    if heard.wants("yes") or (heard.name, heard.ref) == ("consent", "yes"):
        return Outcome(state, effects=(GiveConsent(True),))
    if any(act.code == "restart" for act in heard.read.acts):  # 「取消」 is a no to the whole, not to looking things up
        return give_up(state, desk)
    if heard.wants("no") or (heard.name, heard.ref) == ("consent", "no"):
        return Outcome(state, effects=(GiveConsent(False),))
    if any(word in heard.text for word in desk.say.words("heard.looked_up")):
        return again(state, desk)
    if asks(heard.text) and not _may_refuse(heard, desk):
        return no_idea(state, heard, desk)
    known, told = remember(state, heard), tells(heard, desk)
    key = "consent.may_refuse" if _may_refuse(heard, desk) else "consent.remembered" if told else "consent.please"
    return Outcome(known, (text(desk.say(key)), *on_table_blocks(known, known.stage, desk, brief=True)))


def _may_refuse(heard: Heard, desk: Desk) -> bool:
    """「可以不查吗」, 「一定要同意吗」: whether it is free."""
    return asks(heard.text) and any(word in heard.text for word in desk.say.words("heard.refusing"))


def offline(state: State, heard: Heard, desk: Desk) -> Outcome:
    """The online way ended; said once more, with the ways on."""
    return again(state, desk)


def checking(state: State, heard: Heard, desk: Desk) -> Outcome:
    """All answers are on the table."""
    stage = drafted(state)
    if heard.name == "check" or bare(heard.text) in desk.say.words("heard.see_all"):
        return check(state, desk)
    if key := passing(heard, desk):
        return Outcome(state, effects=(AskOther(key),))
    if heard.wants("sign_now", "sign", "yes", "submit") or _goes_on(heard, desk):
        if blocked(desk):
            return check(state, desk).after(notice("warning", desk.say(blocked_by(desk))))
        case, allowed = (stage.case, stage.allowed) if isinstance(stage, Checking) else ("", ())
        held = Signing(draft=stage.draft, one_thing=stage.one_thing, case=case, allowed=allowed)
        return Outcome(at(state, held), (sign_block(desk),))
    if asks(bare(heard.text)):
        return no_idea(state, heard, desk)
    how = "check.how_to_change" if blocked(desk) else "check.how_or_sign"
    return again(state, desk).after(text(desk.say(how)))


def _goes_on(heard: Heard, desk: Desk) -> bool:
    """「都对，去签字」, 「下一步」."""
    return plainly(heard.text) in (desk.say("button.to_sign"), *desk.say.words("heard.onward"))


def _submit(state: State, stage: Signing, desk: Desk) -> Submit:
    """A demand whose place was left as it is, is answered in words."""
    same = desk.say("correction.same") if stage.case else ""
    return Submit(signed=desk.name, case=stage.case, replies=tuple(state.replies.items()), unchanged=same)


def _signs(said: str, desk: Desk) -> bool:
    """「签字」, 「同意并签名」: about to sign, and not how."""
    return any(word in said for word in desk.say.words("heard.signing"))


def is_signature(heard: Heard, desk: Desk) -> bool:
    """Whether the citizen's own name was typed: that signs, whatever else the words might mean."""
    return "".join(plainly(heard.text).split()) == "".join(desk.name.split()) != ""


def signing(state: State, heard: Heard, desk: Desk) -> Outcome:
    """The button, or the name typed: both sign. Another name does not; anything else is no attempt to sign."""
    stage = drafted(state)
    if not isinstance(stage, Signing):
        return again(state, desk)
    if heard.wants("sign", "yes", "submit") or is_signature(heard, desk):
        pledged = desk.paper.model_copy(update={"pledged": True})
        return Outcome(state, effects=(SaveDraft(pledged), _submit(state, stage, desk)))
    if heard.wants("no"):
        return check(state, desk)
    said = bare(heard.text)
    for listened, answer in _ASKED_OF_SIGNING:
        if any(word in said for word in desk.say.words(listened)):
            return carry_on(state, desk, text(desk.say(answer)))
    if asks(said) or (asked(heard.text) and said != desk.name and not _signs(said, desk)):
        return no_idea(state, heard, desk)
    if may_be_name(said) and said != desk.name and not heard.act:
        return carry_on(state, desk, text(desk.say("sign.mismatch")))
    return again(state, desk).after(text(desk.say("sign.please")))
