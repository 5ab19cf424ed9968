"""Somebody in danger, whatever was on the table."""

from __future__ import annotations

import pytest

from bot.blocks import HandOver as Block
from bot.dialogue.heard import Heard
from bot.dialogue.outcome import HandOver
from bot.dialogue.stages import Idle, WithPerson
from bot.dialogue.state import State
from bot.noting import is_request
from bot.wording.wording import wording
from intents.distress import KINDS
from intents.understanding import Understanding
from tests.bot.talk import Talk, begun, filled

SAY = wording()


def asked_to_confirm() -> Talk:
    talk = Talk()
    talk.say("狗", band="confirm", ranking=("pet",))
    return talk


def guest() -> Talk:
    talk = Talk(signed_in=False)
    talk.say("我想办狗证", band="act", ranking=("pet",))
    return talk


@pytest.mark.parametrize("where", [Talk, asked_to_confirm, guest, begun, filled])
def test_at_any_stage_the_number_comes_first_and_a_person_is_asked(where):
    talk = where()
    before = talk.state.stage
    talk.say("家里着火了")
    assert isinstance(talk.blocks[0], Block)
    assert talk.blocks[0].phone == "119"
    assert talk.done[-1] == HandOver(urgent=True)
    assert (talk.stage, talk.state.stage.under) == ("with_person", before)


def test_nothing_of_the_draft_is_lost_or_filled():
    talk = begun()
    values, stage = talk.draft.values, talk.state.stage
    talk.say("我想自杀")
    assert talk.draft.values == values
    talk.say(SAY("button.bot"))
    assert talk.state.stage == stage


def test_the_number_is_told_even_while_a_person_has_the_word():
    talk = begun()
    talk.say("人工")
    done = len(talk.done)
    talk.say("不想活了")
    assert "12356" in talk.plain
    assert len(talk.done) == done, "they are in the queue already"
    assert talk.say("我在等") == ""


def test_such_words_are_not_kept_to_learn_from():
    cry = Heard(text="我不想活了", read=Understanding(text="我不想活了", distress="despair"))
    assert not is_request(cry, State(), State(stage=WithPerson(under=Idle())))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_words_and_its_number(kind):
    assert SAY(f"distress.phone.{kind}") in SAY(f"distress.{kind}")
