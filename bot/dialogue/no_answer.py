"""Words that are no answer to the question on the table, or one that does not fit: say what would be one."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.again import again, carry_on
from bot.dialogue.choices import is_choice, takes_several
from bot.dialogue.desk import Desk
from bot.dialogue.digressing import no_idea
from bot.dialogue.free_words import does_not_know
from bot.dialogue.heard import Heard
from bot.dialogue.onward import ask, onward
from bot.dialogue.outcome import Outcome
from bot.dialogue.questioning import asks
from bot.dialogue.questions import question
from bot.dialogue.state import State
from bot.dialogue.told import kept_words, remember
from bot.render.answers import did_not_fit, dont_know_block
from bot.render.basics import text
from core.errors import InvalidAnswer
from forms.merging.merged import Question

MOST_MISSES = 2
"""Times that words are no answer, or one that does not fit, before a person is offered."""


def unfit(state: State, desk: Desk, key: str, problem: InvalidAnswer, heard: Heard) -> Outcome:
    """A value does not fit: say why, ask once more with what was typed still there, and count it as a miss."""
    found = question(desk, key)
    if found is None:
        return onward(state, desk)
    typed = "" if heard.action else heard.text[:200]
    said, misses = did_not_fit(desk.say, problem, found, typed), state.misses + 1
    person = (text(desk.say("answer.person")),) if misses >= MOST_MISSES else ()
    asked = ask(state, desk, found, typed=typed).after(said, *person)
    return replace(asked, state=asked.state.model_copy(update={"misses": misses}))


def missed(state: State, desk: Desk, found: Question, heard: Heard) -> Outcome:
    """The words are no answer: say what would be one. Values in them that nothing asks for yet are kept in mind."""
    if does_not_know(heard.text, desk):
        return again(state, desk, brief=True).after(dont_know_block(desk.say, found))
    if any(word in heard.text for word in desk.say.words("heard.must")):
        key = "answer.may_skip" if found.optional else "answer.may_be_unknown" if found.unknown else "answer.must"
        return carry_on(state, desk, text(desk.say(key)))
    if asks(heard.text):
        return no_idea(state, heard, desk)
    known = remember(state, heard)
    if kept := kept_words(state, known):
        said = desk.say("answer.kept", words=kept) + desk.say(_what_would_do(found))
        return again(known, desk, brief=True).after(text(said))
    counted = known.model_copy(update={"misses": state.misses + 1})
    blocks = [desk.say(_what_would_do(found))] + ([desk.say("answer.person")] if counted.misses >= MOST_MISSES else [])
    return again(counted, desk, brief=True).after(text("\n".join(blocks)))


def _what_would_do(found: Question) -> str:
    """The wording that says what would be an answer."""
    if found.kind == "material":
        return "answer.material"
    if takes_several(found):
        return "answer.choose_several"
    return "answer.choose" if is_choice(found) else "answer.again"
