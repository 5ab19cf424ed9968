"""What is said about an answer: noted, does not fit, why it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.blocks import Action, Block
from bot.dialogue.desk import Desk
from bot.dialogue.putting import Put
from bot.dialogue.stages import Proposal
from bot.render.basics import card, label, notice, text
from bot.wording.wording import Wording
from core.errors import InvalidAnswer
from core.masking import mask_numbers
from forms.merging.merged import Question


def echo_block(desk: Desk, done: Put, *, quiet: bool = False) -> tuple[Block, ...]:
    """What was noted, with a way to change it; after a button only what the choice changes."""
    said = (text(done.effect),) if done.effect else ()
    if done.contested:
        return (notice("info", desk.say("contest.noted", title=done.proposal.title)), *said)
    if quiet:
        return said
    if done.choice:
        chosen = desk.say("nod.chosen", answer=_said(done.proposal))
        return (text(f"{chosen}{done.effect}"),)
    return (noted(desk.say, (done.proposal,)), *said)


def noted(say: Wording, proposals: Iterable[Proposal]) -> Block:
    """Values that were taken from free text."""
    taken = tuple(proposals)
    facts = [(label(one.title), _said(one)) for one in taken]
    return card(say("nod.noted"), facts=facts, actions=[_change(say, one) for one in taken])


def nod_block(say: Wording, proposals: Iterable[Proposal]) -> Block:
    """Values taken from free text, to be nodded to."""
    facts = [(label(one.title), _said(one)) for one in proposals]
    return card(
        say("nod.heard"), facts=facts,
        actions=[
            Action(id="act:yes", label=say("button.right"), say=say("button.right"), style="primary"),
            Action(id="act:no", label=say("button.change"), say=say("button.change")),
        ],
    )


def _said(one: Proposal) -> str:
    """A talk stays on phones and goes through others' servers: numbers are said back masked, the form shows them."""
    return mask_numbers(one.shown or one.raw)


def _change(say: Wording, one: Proposal) -> Action:
    return Action(id=f"act:change:{one.what}:{one.key}", label=say("button.change"), style="quiet")


def unfit(say: Wording, problem: InvalidAnswer, title: str = "") -> str:
    """Why an answer was not taken."""
    blanks: dict[str, Any] = {"title": title, "unit": "", "at_least": "", "at_most": "", **problem.details}
    keys = [f"invalid.{problem.reason}_in"] if blanks["unit"] else []
    return say.first(*keys, f"invalid.{problem.reason}", "invalid.other", **blanks)


def did_not_fit(say: Wording, problem: InvalidAnswer, question: Question, typed: str) -> Block:
    """Why an answer was not taken, with an example and what was typed."""
    lines = [unfit(say, problem, question.title)]
    if question.example:
        lines.append(say("invalid.example", example=question.example))
    if typed:
        lines.append(say("invalid.typed", typed=typed))
    words = "\n".join(lines)
    return notice("error", words)


def dont_know_block(say: Wording, question: Question) -> Block:
    """What to do when the answer is not at hand."""
    if question.unknown:
        return text(say("answer.dont_know_later", says=question.unknown))
    return text(say("answer.dont_know_optional" if question.optional else "answer.dont_know"))


def explain_block(desk: Desk, question: Question) -> Block:
    """What a question means, said differently: what it is good for, and what each choice does."""
    choices = [f"{option.label}：{said}" for option in question.options if (said := option.help or option.effect)]
    lines = [part for part in (question.help, question.why, *choices) if part]
    return text("\n".join(lines) or desk.say("why.situation"))


def why_block(desk: Desk, question: Question) -> Block:
    """Why something is asked, and which departments ask for it."""
    items = desk.engine.bank.items
    asked = [items[code] for code in question.asked_by if code in items]
    lines = [question.why] if question.why else []
    if asked:
        titles = "、".join(dict.fromkeys(item.title for item in asked))
        departments = "、".join(dict.fromkeys(item.department for item in asked))
        lines.append(desk.say("why.asked_by", departments=departments, items=titles))
    return text("\n".join(lines) or desk.say("why.situation"))
