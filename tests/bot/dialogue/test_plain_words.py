"""How people say no, ask where they are, put a thing right and give up: heard as it is meant."""

from dataclasses import replace

import pytest

from bot.dialogue.events import CaseMoved, Move
from bot.dialogue.outcome import HandOver
from bot.dialogue.reading import chosen
from bot.dialogue.sights import DemandSight
from bot.wording.wording import wording
from forms.content.element_schema import Option
from forms.merging.merged import Question
from tests.bot.talk import CASE, Talk, begun, filled

SAY = wording()


def _question(*options: Option) -> Question:
    return Question(kind="situation", key="fund", title="公积金", ask="有公积金吗？", type="single", options=options)


@pytest.mark.parametrize(("words", "meant"), [
    ("没有公积金", "no"), ("没得公积金", "no"), ("莫得", "no"), ("有公积金的", "yes"), ("有", "yes"),
])
def test_what_somebody_has_not_is_not_chosen(words: str, meant: str):
    found = _question(Option(value="yes", label="有", aliases=("有公积金",)), Option(value="no", label="没有"))
    assert chosen(found, words) == meant


def test_what_an_alias_says_in_the_words_of_elsewhere():
    found = _question(Option(value="self", label="打零工"), Option(value="none", label="暂时没有工作"))
    assert chosen(found, "暂时没得工作") == "none"


def test_the_price_is_asked_of_what_is_in_hand_whatever_the_words_resemble():
    talk = begun()
    assert "养狗：不收费" in talk.say("要钱不", band="confirm", ranking=("move",))
    assert "搬家：不收费" in talk.say("搬家要钱不", band="confirm", ranking=("move",))


def test_with_nothing_in_hand_a_bare_question_is_asked_back():
    assert SAY("talk.which_one") in Talk().say("要钱不", band="confirm", ranking=("move",))


@pytest.mark.parametrize("words", ["我刚才填到哪了", "填到哪儿了", "还有几题"])
def test_how_far_the_form_has_come(words: str):
    talk = begun()
    assert SAY("so_far.none", left=2) in talk.say(words)
    talk.say("家里")
    said = talk.say(words)
    assert SAY("so_far.left", done=1, left=4) in said
    assert "养在家里" in said
    assert talk.state.stage.key == "extras"
    assert SAY("so_far.all") in filled().say(words)


def test_how_far_it_has_come_is_told_while_a_nod_is_awaited():
    talk = begun()
    talk.say("养在家里，小狗名字叫王小宝")
    assert talk.stage == "nodding"
    assert SAY("so_far.none", left=2) in talk.say("我填到哪了")
    assert talk.stage == "nodding"


def test_wrong_again_and_again_offers_a_person():
    talk = begun()
    for words in ("家里", "都不办", "王小宝"):
        talk.say(words)
    assert SAY("answer.person") not in talk.say("很重")
    assert SAY("answer.person") in talk.say("老沉了")
    talk.say("找人帮我")
    assert HandOver() in talk.done


def test_a_field_is_put_right_by_the_name_its_question_gave_it():
    talk = begun()
    for words in ("家里", "都不办", "王小宝", "12"):
        talk.say(words)
    talk.say("多重写错了，应该是十五")
    assert talk.draft.values["pet.weight"].value == 15


def test_not_going_is_no_answer_to_what_was_asked_before():
    talk = begun()
    for words in ("家里", "都不办", "王小宝"):
        talk.say(words)
    talk.say("我想开店", band="act", ranking=("shop",))
    assert talk.stage == "sure"
    said = talk.say("不去")
    assert "小狗多重" in said
    assert SAY("invalid.number_in", unit="公斤") not in said


def test_all_right_and_submit_in_one_breath():
    talk = filled()
    talk.say("都对，提交")
    assert talk.stage == "signing"


def test_not_withdrawing_says_so():
    talk = Talk()
    talk.press("act:withdraw:33010620261122870000001")
    assert SAY("sure.withdraw_kept") in talk.say("王小宝")
    talk.press("act:withdraw:33010620261122870000001")
    assert SAY("sure.withdraw_kept") in talk.say("不撤回")


def test_a_correction_says_beside_the_question_what_is_to_be_put_right():
    talk = filled()
    talk.say("提交")
    talk.say("同意并提交")
    talk.demands = (DemandSight("pet.name", "小狗 · 姓名", "名字和证上的不一样"),)
    said = talk.press("act:fix:33010620261122870000001")
    assert SAY("correction.here", says="名字和证上的不一样") in said
    assert talk.stage == "correcting"


def test_whoever_has_something_to_correct_is_reminded_of_it():
    talk = filled()
    talk.say("提交")
    talk.say("同意并提交")
    asked = replace(CASE, state="returned", demands=(DemandSight("pet.name", "小狗 · 姓名", "不一样"),))
    talk.happen(CaseMoved(case=asked, moves=(Move("returned"),)))
    assert SAY("correction.first") in talk.say("王大宝")
    assert "act:fix:" in str(talk.blocks)


@pytest.mark.parametrize("words", ["去改", "改", "我去改", "要改"])
def test_going_to_correct_opens_the_correction(words: str):
    talk = filled()
    talk.say("提交")
    talk.say("同意并提交")
    talk.demands = (DemandSight("pet.name", "小狗 · 姓名", "不一样"),)
    asked = replace(CASE, state="returned", demands=talk.demands)
    talk.happen(CaseMoved(case=asked, moves=(Move("returned"),)))
    talk.say(words)
    assert talk.stage == "correcting"


def test_a_guest_is_given_one_way_to_say_no():
    talk = Talk(signed_in=False)
    talk.say("我想办狗证", band="act", ranking=("pet",))
    assert talk.plain.count(f"【{SAY('button.not_this')}】") == 1
