"""The draft in blocks: consent, what was looked up, the promise in numbers, signing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from typing import TYPE_CHECKING

from bot.blocks import Action, Block
from bot.dialogue.desk import Desk
from bot.render.basics import card, text
from forms.merging.merged import Numbers

if TYPE_CHECKING:
    from forms.engine import ConsentRequest


SHOWN = 3
"""Sources named at once; the others are one press away."""
OUTCOMES = ("got", "nothing_found", "not_allowed", "source_down")


def consent_block(desk: Desk, wanted: ConsentRequest, *, brief: bool = False) -> Block:
    """What is to be looked up, for what, and a free choice. ``brief`` where all of that stands just above."""
    say = desk.say
    facts, more = ([], []) if brief else _told(desk, wanted)
    return card(
        say("consent.title"), "" if brief else say("consent.only"), facts, source=say("consent.free"), more=more,
        actions=[
            Action(id="act:consent:yes", label=say("button.agree"), say=say("button.agree"), style="primary"),
            Action(id="act:consent:no", label=say("button.disagree"), say=say("button.disagree")),
        ],
    )


def _told(desk: Desk, wanted: ConsentRequest) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The purpose, whose data and from whom, counted; every source and item by name for whoever wants to see them."""
    say = desk.say
    titles = [title for _, title in wanted.sources]
    facts = [(say("consent.purpose"), wanted.purpose), (say("consent.whose"), "、".join(wanted.subjects)),
             (say("consent.sources"), say("consent.some", count=len(titles), some="、".join(titles[:SHOWN]))
              if len(titles) > SHOWN else "、".join(titles))]
    more = [(say("consent.all_sources", count=len(titles)), "、".join(titles))] if len(titles) > SHOWN else []
    more.append((say("consent.items", count=len(wanted.items)), "、".join(wanted.items)))
    return [fact for fact in facts if fact[1]], more


def prefill_blocks(desk: Desk, asked: Iterable[str]) -> tuple[Block, ...]:
    """What each source asked just now answered, in plain words; in full the first time, then in one line."""
    draft, say, codes = desk.paper, desk.say, set(asked)
    outcomes = _by_source(desk, codes)
    if not outcomes:
        return ()
    if codes != set(draft.facts):
        lines = [f"{desk.source_title(source)}，{say(f'outcome.short_{outcome}')}" for source, outcome in outcomes]
        return (text(say("prefill.more", sources="；".join(lines))),)
    filled = Counter(value.source for value in draft.values.values() if value.origin == "source")
    facts = [
        (desk.source_title(source), say("outcome.seen" if outcome == "got" and not filled[source]
                                        else f"outcome.{outcome}", count=filled[source]))
        for source, outcome in outcomes
    ]
    total = sum(filled.values())
    summary = say("prefill.summary", count=total) if total else say("prefill.nothing")
    return (card(say("prefill.title"), summary, facts, source=say("prefill.note")),)


def _by_source(desk: Desk, codes: Container[str]) -> list[tuple[str, str]]:
    """(source, its best outcome) of the facts under ``codes``, those that gave something first."""
    best: dict[str, str] = {}
    for code, fact in desk.paper.facts.items():
        if code in codes and OUTCOMES.index(fact.outcome) <= OUTCOMES.index(best.get(fact.source, OUTCOMES[-1])):
            best[fact.source] = fact.outcome
    return sorted(best.items(), key=lambda pair: OUTCOMES.index(pair[1]))


def numbers_block(desk: Desk, numbers: Numbers, actions: Iterable[Action] = ()) -> Block:
    """The promise in numbers, computed for this very draft."""
    say = desk.say
    papers = "numbers.none_to_give" if numbers.without_upload == numbers.materials_after else "numbers.no_upload"
    facts = [
        (say("numbers.forms"), say("numbers.became", before=numbers.forms_before, after=numbers.forms_after)),
        (say("numbers.fields"), say("numbers.fields_became", before=numbers.fields_before, after=numbers.fields_after)),
        (say("numbers.filled"), say("numbers.filled_by", prefilled=numbers.prefilled, asked=numbers.asked)),
        (say("numbers.materials"), say(papers, all=numbers.materials_after, without=numbers.without_upload)),
        (say("numbers.visits"), say("numbers.times", count=numbers.visits) if numbers.visits
         else say("numbers.no_visit")),
        (say("numbers.days"), say("numbers.working_days", days=numbers.promised_days) if numbers.promised_days
         else say("numbers.at_once")),
    ]
    title = say("numbers.title", items=numbers.items, departments=numbers.departments)
    return card(title, facts=facts, actions=actions)


def offline_block(desk: Desk, code: str) -> Block:
    """An answer that ends the online way: where to go instead, said honestly."""
    option, say = desk.engine.offline(desk.paper), desk.say
    window = desk.engine.whereto(desk.paper.region, option.office).says if option and option.office else ""
    actions = [
        Action(id=f"act:change:situation:{code}", label=say("button.change_answer"), say=say("button.change_answer")),
        Action(id="act:park", label=say("button.park"), say=say("button.park"), style="quiet"),
        Action(id="act:person", label=say("button.person"), say=say("button.person"), style="quiet"),
    ]
    title, facts = say("offline.title" if window else "offline.elsewhere"), [(say("offline.where"), window)]
    return card(title, option.offline if option else "", facts if window else (), actions=actions,
                source=say("offline.kept"))


def sign_block(desk: Desk) -> Block:
    """The pledge, and the two ways to sign."""
    say = desk.say
    actions = (
        Action(id="act:sign", label=say("button.sign"), style="primary"),
        Action(id="act:back", label=say("button.look_again"), style="quiet"),
    )
    return card(say("sign.title"), desk.definition.pledge, [(say("sign.signer"), desk.name)], actions=actions,
                source=say("sign.how"))
