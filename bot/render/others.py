"""Others who confirm for themselves: who is missing, the link to pass on, and what they decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.blocks import Action, Block, Card
from bot.dialogue.desk import Desk
from bot.dialogue.events import LinkMade, OtherDecided
from bot.render.basics import card, notice
from bot.wording.wording import Wording
from core.clock import in_china
from core.masking import mask_name
from forms.confirmation.confirmer import Confirmer
from forms.merging.merged import Finding

ABOUT = "confirmation:"
ASKABLE = ("open", "stale", "declined")
"""States in which a link may be made."""


def of_others(finding: Finding) -> bool:
    """Whether a finding is that somebody else has not confirmed; those are shown together, by `others_block`."""
    return finding.about.startswith(ABOUT)


def others_block(desk: Desk, *, always: bool = False) -> tuple[Block, ...]:
    """Who has to confirm and how that stands, with a way to ask each; nothing when nobody has to.

    Without ``always`` only while somebody is missing.
    """
    found, say = desk.engine.confirmations(desk.paper), desk.say
    missing = [who for who in found if not who.done]
    if not found or (not missing and not always):
        return ()
    rows = [other_row(desk, who) for who in found]
    facts = [(f"{who.title} {row.name}".strip(), row.says) for who, row in zip(found, rows, strict=True)]
    actions = [action for who in missing for action in _actions(desk, who)]
    summary = say("others.intro") if any(one.style == "primary" for one in actions) else ""
    return (card(say("others.title"), summary, facts, actions=actions),)


class OtherRow(NamedTuple):
    """One of them in words."""

    name: str
    """Masked."""
    says: str
    paper: str
    """Title of the paper that may stand for it."""


def other_row(desk: Desk, who: Confirmer) -> OtherRow:
    """One of them in words."""
    at, paper = in_china(who.at) if who.at else None, _paper(desk, who)
    day = desk.say("talk.day", month=at.month, day=at.day) if at else ""
    says = desk.say(f"others.state.{who.state}", day=day, reason=who.reason, paper=paper)
    return OtherRow(mask_name(who.name), says, paper)


def _paper(desk: Desk, who: Confirmer) -> str:
    slots = desk.engine.merged(desk.paper).slots
    return next((slot.title for slot in slots if slot.key == who.paper), "")


def _actions(desk: Desk, who: Confirmer) -> Iterator[Action]:
    if who.state not in ASKABLE:
        return
    yield pass_on(desk.say, who.key, who.title, again=who.state == "declined")
    if who.paper:
        label = desk.say("button.instead", title=who.title, paper=_paper(desk, who))
        yield Action(id=f"act:change:material:{who.paper}", label=label)


def early_block(say: Wording, who: Confirmer, spared: int) -> Block:
    """Somebody who may confirm already, and how many answers that spares."""
    told = say("others.early", title=who.title, name=mask_name(who.name), count=spared)
    return card(say("others.early_title", title=who.title), told, actions=(pass_on(say, who.key, who.title),))


def pass_on(say: Wording, ref: str, title: str, *, again: bool = False) -> Action:
    """The button that makes a link. ``ref`` is the key, with the draft before it where none is in hand.

    ``again`` after somebody declined.
    """
    label = say("button.pass_on_again" if again else "button.pass_on", title=title)
    return Action(id=f"act:confirm:{ref}", label=label, style="primary")


def link_block(say: Wording, made: LinkMade) -> Block:
    """The link with the words to pass on."""
    words = say("others.pass_on", matter=made.matter, url=made.url)
    who = say("others.link_title", title=made.title, name=made.name)
    summary = say("others.link_summary", until=made.until)
    plain = card(who, summary, steps=()).plain
    return Card(plain=f"{plain}\n{words}", title=who, summary=summary, copy_text=words)


def decided_blocks(say: Wording, event: OtherDecided, left: Iterable[str] = ()) -> tuple[Block, ...]:
    """What somebody decided, and who is still missing."""
    key = "others.told_confirmed" if event.confirmed else "others.told_declined"
    said = say(key, title=event.title, name=event.name, matter=event.matter, reason=event.reason)
    missing = "、".join(one for one in left if event.confirmed or one != event.title)
    said += say("others.left", titles=missing) if missing else ""
    return (notice("success" if event.confirmed else "warning", said),)
