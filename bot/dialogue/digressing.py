"""Questions in between: answered from the FAQ, the guide and the draft in hand; then 「我们继续」."""

from __future__ import annotations

from bot.blocks import Action, Block
from bot.dialogue.again import carry_on, on_table
from bot.dialogue.desk import Desk
from bot.dialogue.drafting import Drafted, Signing
from bot.dialogue.heard import Heard, whole
from bot.dialogue.outcome import Outcome
from bot.dialogue.questioning import asks
from bot.dialogue.questions import question
from bot.dialogue.stages import Login, Nodding, Resuming, Sure, WithPerson
from bot.dialogue.state import State
from bot.render.answers import why_block
from bot.render.basics import card, text
from bot.render.guide import guide_block, limits_card, papers_card, where_card
from bot.render.matter import all_block, said_block
from intents.understanding import FaqHit

GOOD_ANSWER = 0.6
"""An FAQ entry below this score is not taken for an answer."""
SURE_ANSWER = 0.85
"""Enough for an FAQ entry to stand in for what the catalogue says of the whole."""
FAIR_ANSWER = 0.45
"""Enough when the words are plainly a question and a one-thing is in hand."""

MOST_NEAR = 3
"""Questions that are offered where none is near enough to be answered."""


def current(state: State) -> str:
    """The one-thing in hand, or nothing; also while a nod or a yes is awaited over it."""
    stage = state.stage
    while isinstance(stage, Nodding | Sure | WithPerson):
        stage = stage.under
    return stage.one_thing if isinstance(stage, Drafted | Login | Resuming) else ""


def is_answered(state: State, heard: Heard, desk: Desk) -> bool:
    """Whether the words are a question that the FAQ answers."""
    return not heard.action and best_answer(state, heard, desk) is not None


def best_answer(state: State, heard: Heard, desk: Desk) -> FaqHit | None:
    """The FAQ entry that answers the words, if one is near enough."""
    best = heard.read.faq[0] if heard.read.faq else None
    if best is None or not asks(heard.text):
        return None
    enough = FAIR_ANSWER if best.one_thing == current(state) else GOOD_ANSWER
    return best if best.score >= enough else None


def answer_faq(state: State, hit: FaqHit, desk: Desk) -> Outcome:
    """The answer; where nothing is in hand, the way into the one-thing it belongs to."""
    actions = []
    if not current(state) and hit.one_thing in desk.can_file:
        label = desk.say("button.begin_this", title=desk.title(hit.one_thing))
        actions.append(Action(id=f"act:begin:{hit.one_thing}", label=label, say=desk.title(hit.one_thing)))
    # as it is said in this region, with its numbers; what was found is the answer as it is written
    faq = desk.matters[hit.one_thing].faq if hit.one_thing in desk.matters else ()
    told = next((one.a for one in faq if one.q == hit.q), hit.a)
    return carry_on(state, desk, card(hit.q, told, actions=actions))


def no_idea(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Nothing answers the question: those nearest to it, to choose from, and a person."""
    code = current(state)
    asked = {one.q: number for number, one in enumerate(desk.matters[code].faq)} if code in desk.matters else {}
    near = [hit.q for hit in heard.read.faq if hit.one_thing == code and hit.q in asked][:MOST_NEAR]
    if not near:
        return carry_on(state, desk, text(desk.say("answer.no_idea")))
    actions = [Action(id=f"act:faq:{code}={asked[q]}", label=q, say=q) for q in near]
    person = desk.say("button.person")
    actions.append(Action(id="act:person", label=person, say=person, style="quiet"))
    return carry_on(state, desk, card(desk.say("answer.near"), desk.say("answer.near_none"), actions=actions))


def chosen(state: State, heard: Heard, desk: Desk) -> Outcome:
    """The answer to the question that was chosen among the nearest."""
    code, number = heard.pair
    faq = desk.matters[code].faq if code in desk.matters else ()
    if not number.isdecimal() or int(number) >= len(faq):
        return carry_on(state, desk, text(desk.say("talk.gone")))
    found = faq[int(number)]
    return answer_faq(state, FaqHit(code, found.q, found.a, 1.0), desk)


def why(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Why what is on the table is asked."""
    key = heard.ref or on_table(state.stage)
    found = question(desk, key) if key and isinstance(state.stage, Drafted) else None
    plain = "why.sign" if isinstance(state.stage, Signing) else "why.data"
    said = why_block(desk, found) if found else text(desk.say(plain))
    return carry_on(state, desk, said)


def cost(state: State, heard: Heard, desk: Desk) -> Outcome:
    """What it costs."""
    if (hit := best_answer(state, heard, desk)) and hit.score >= SURE_ANSWER:
        return answer_faq(state, hit, desk)
    code = _about(state, heard, desk)
    if not code:
        return carry_on(state, desk, _which(desk))
    return carry_on(state, desk, text(desk.say("talk.fee", title=desk.title(code), fee=desk.matters[code].fee)))


def how_long(state: State, heard: Heard, desk: Desk) -> Outcome:
    """How many working days it takes."""
    code = _about(state, heard, desk)
    if code not in desk.can_file:
        hit = best_answer(state, heard, desk)
        return answer_faq(state, hit, desk) if hit else carry_on(
            state, desk, _which(desk))
    days = desk.engine.bank.definitions[desk.matters[code].form].limit.promised
    if isinstance(state.stage, Drafted) and code == current(state):
        days = desk.guide(code).limit.longest or days
    said = desk.say("talk.how_long", title=desk.title(code), days=days)
    return carry_on(state, desk, limits_card(desk, code, said))


def materials(state: State, heard: Heard, desk: Desk) -> Outcome:
    """What papers are needed, and how each is given; with nothing in hand the FAQ may say it in a sentence first."""
    code, hit = _about(state, heard, desk), best_answer(state, heard, desk)
    if code not in desk.can_file:
        if hit:
            return answer_faq(state, hit, desk)
        return carry_on(state, desk, said_block(desk, code) if code else _which(desk))
    begun = isinstance(state.stage, Drafted) and code == current(state)
    first = (card(hit.q, hit.a),) if hit and not begun else ()
    return carry_on(state, desk, *first, papers_card(desk, code, begin=not current(state)))


def where(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Where to go, whom to call."""
    if (hit := best_answer(state, heard, desk)) and hit.score >= SURE_ANSWER:
        return answer_faq(state, hit, desk)
    code = _about(state, heard, desk)
    if code in desk.can_file:
        return carry_on(state, desk, where_card(desk, code))
    return carry_on(state, desk, said_block(desk, code) if code else _which(desk))


def guided(state: State, heard: Heard, desk: Desk) -> Outcome:
    """The guide of a one-thing, or the section that a button names."""
    code, part = heard.pair if heard.action else (_about(state, heard, desk), "")
    if code not in desk.matters:
        return carry_on(state, desk, _which(desk))
    return carry_on(state, desk, guide_block(desk, code, part) if code in desk.can_file else said_block(desk, code))


def _which(desk: Desk) -> Block:
    return all_block(desk, desk.say("talk.which_one"), more=False)


def _about(state: State, heard: Heard, desk: Desk) -> str:
    """Which one-thing a question is about: one that is named, else the one in hand.

    A message that is nothing but the question, 「要钱不」, names none, whatever it resembles.
    """
    named = next((code for code in heard.read.matters if code in desk.matters), "")
    return current(state) if whole(heard) else named or current(state)


def hello(state: State, heard: Heard, desk: Desk) -> Outcome:
    """A greeting, thanks, or a call for help."""
    if heard.wants("thanks"):
        return carry_on(state, desk, text(desk.say("greet.thanks")))
    if current(state):
        key = "help.in_draft" if heard.wants("help") else "greet.hello"
        return carry_on(state, desk, text(desk.say(key)))
    return Outcome(state, (text(desk.say("greet.hello")), all_block(desk, desk.say("greet.what"))))
