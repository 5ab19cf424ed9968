"""A question mark after a word that decides: nothing is agreed to, given up, signed or answered by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.dialogue.drafting import Consenting, Signing
from bot.dialogue.heard import Heard
from bot.dialogue.outcome import Discard, Effect, GiveConsent, SaveDraft, Submit, Unbind, Withdraw
from bot.dialogue.stages import Sure
from bot.dialogue.values import direct
from bot.wording.wording import wording
from core.content import read
from forms.content.element_schema import Option
from forms.merging.merged import Question
from intents.acts import hear_acts
from intents.understanding import Context, Understanding
from tests.bot.talk import Talk, begun, filled

SAY = wording()
DECIDING: tuple[type[Effect], ...] = (GiveConsent, Submit, Discard, Withdraw, Unbind, SaveDraft)
ACTS = read(Path(__file__).parents[3] / "intents" / "acts.yaml").data
SAID = sorted({str(words) for act in ("yes", "no", "submit", "restart", "noted", "resume")
               for words in ACTS[act]["exact"]})
BUTTONS = [SAY(f"button.{key}") for key in ("agree", "disagree", "sign", "right", "to_sign", "withdraw")] + [
    SAY("sure.discard_yes"), SAY("sure.withdraw_yes"), SAY("sure.unbind_yes"), "清掉", "撤回", "陈一民"]


def consenting() -> Talk:
    talk = begun()
    talk.state = talk.state.model_copy(update={"stage": Consenting(draft="d1", one_thing="pet")})
    talk.press("act:repeat")
    talk.done = []
    return talk


def signing() -> Talk:
    talk = filled()
    talk.state = talk.state.model_copy(update={"stage": Signing(draft="d1", one_thing="pet")})
    talk.press("act:repeat")
    return talk


def sure(what: str) -> Talk:
    talk = begun()
    over = Sure(what=what, about="123", under=talk.state.stage)  # type: ignore[arg-type]
    talk.state = talk.state.model_copy(update={"stage": over})
    return talk


def nodding() -> Talk:
    talk = begun()
    talk.say("小狗名字叫王小宝，养在家里")
    return talk


AT: dict[str, Callable[[], Talk]] = {
    "consent": consenting, "signature": signing, "nod": nodding, "choice": begun, "check": filled,
    "discard": lambda: sure("discard"), "withdraw": lambda: sure("withdraw"), "unbind": lambda: sure("unbind"),
}


@pytest.mark.parametrize("where", AT)
def test_what_is_only_asked_decides_nothing(where: str):
    talk = AT[where]()
    talk.press("act:repeat") if where not in ("discard", "withdraw", "unbind") else talk.say("嗯？")
    state, desk = talk.state, talk.desk
    for words in (*SAID, *BUTTONS):
        for asked in (f"{words}？", f"{words}呀?!", f"{words}吗", f"如果{words}呢"):
            talk.state, talk.desk, talk.done = state, desk, []
            assert talk.say(asked).strip() or talk.done, asked
            assert not [one for one in talk.done if isinstance(one, DECIDING)], (asked, talk.done)


@pytest.mark.parametrize("where", ["consent", "signature", "nod", "choice", "discard", "withdraw", "unbind"])
@pytest.mark.parametrize("words", ["嗯？", "是？", "好？", "对？", "可以？", "同意？", "啊？", "确定？", "提交？"])
def test_it_is_said_again_what_is_on_the_table(where: str, words: str):
    talk = AT[where]()
    talk.say("嗯？")
    before, stage = talk.plain, talk.state.stage
    assert talk.say(words) == before
    assert talk.state.stage == stage


QUESTION = Question(kind="field", key="pet.wild", title="凶不凶", ask="凶不凶？", type="bool")
CHOICE = QUESTION.model_copy(update={"type": "single", "options": (
    Option(value="yes", label="要"), Option(value="no", label="不用"))})


@pytest.mark.parametrize("question", [QUESTION, CHOICE], ids=["bool", "choice"])
def test_a_yes_or_no_that_is_asked_answers_nothing(question: Question):
    desk = begun().held()
    labels = tuple(one.label for one in question.options)
    context = Context("situation" if labels else "field", labels, question.type)
    for words in SAID:
        text = f"{words}？"
        heard = Heard(text=text, read=Understanding(text=text, acts=hear_acts(text, context)))
        assert direct(question, heard, desk) is None, text
    heard = Heard(text="要。", read=Understanding(text="要。", acts=hear_acts("要。", context)))
    assert direct(question, heard, desk) == "yes"


def test_a_button_that_asks_is_pressed_by_its_own_words():
    talk = begun()
    talk.state = talk.state.model_copy(update={"offered": (("能养几只？", "act:why"), ("同意", "act:person"))})
    offered = talk.state
    for words in ("能养几只？", "能养几只"):
        talk.state = offered
        assert SAY("talk.carry_on") in talk.say(words)
    talk.state = offered
    talk.say("同意？")
    assert talk.stage == "asking"
    talk.state = offered
    talk.say("同意。")
    assert talk.stage == "with_person"
