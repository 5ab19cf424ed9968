"""Nothing said is lost, nothing goes in circles, and no question is taken for an answer."""

import pytest

from bot.dialogue.events import SignedIn
from bot.dialogue.outcome import Discard, HandOver, OpenDraft
from bot.wording.wording import wording
from tests.bot.talk import Talk, begun, filled

SAY = wording()


def test_what_was_said_in_the_first_message_is_not_asked_again():
    talk = Talk()
    said = talk.say("我想办狗证，养在家里，小狗名字叫王小宝", band="act", ranking=("pet",))
    assert talk.stage == "nodding"
    assert "狗养在哪里：养在家里" in said
    talk.say("对")
    assert talk.draft.situations["kept"].value == "home"
    assert talk.state.stage.key == "extras"


def test_what_a_guest_said_waits_until_they_are_signed_in():
    from dataclasses import replace

    talk = Talk(signed_in=False)
    talk.say("我想办狗证", band="act", ranking=("pet",))
    talk.say("养在家里")
    talk.desk = replace(talk.desk, signed_in=True, name="陈一民")
    talk.happen(SignedIn())
    assert "狗养在哪里：养在家里" in talk.plain


def test_a_value_said_too_early_is_used_when_it_is_wanted():
    talk = begun()
    assert SAY("answer.choose") in talk.say("小狗名字叫王小宝")
    assert "小狗 · 姓名：王小宝" in talk.say("家里")
    talk.say("不对")
    assert talk.state.told == ()


def test_another_wish_while_asked_to_sign_in():
    talk = Talk(signed_in=False)
    talk.say("我想办狗证", band="act", ranking=("pet",))
    talk.say("我要开店", band="act", ranking=("shop",))
    assert (talk.stage, talk.state.stage.one_thing) == ("login", "shop")


@pytest.mark.parametrize("words", ["养在家里要收钱的吧？什么规定", "为什么要问家里", "家里怎么养"])
def test_a_question_chooses_nothing(words: str):
    talk = begun()
    said = talk.say(words)
    assert "kept" not in talk.draft.situations
    assert "狗养在哪里？" in said


def test_a_question_nobody_can_answer_gets_an_honest_word():
    assert SAY("answer.no_idea") in begun().say("狗能坐地铁吗")


@pytest.mark.parametrize("words", ["家里可以吗", "家里行不行？", "养在家里，好吗"])
def test_an_answer_politely_put_is_an_answer(words: str):
    talk = begun()
    talk.say(words)
    assert talk.draft.situations["kept"].value == "home"


@pytest.mark.parametrize(("words", "values"), [
    ("都要", ["vaccine", "chip"]), ("芯片要，疫苗登记不要", ["chip"]), ("不要芯片，疫苗登记要", ["vaccine"]),
])
def test_all_of_them_or_all_but_one(words: str, values: list[str]):
    talk = begun()
    talk.say("家里")
    talk.say(words)
    assert talk.draft.situations["extras"].value == values


def test_ticked_choices_are_handed_in_by_a_yes():
    talk = begun()
    talk.say("家里")
    talk.press("act:tick:situation:extras=chip")
    talk.say("选好了")
    assert talk.draft.situations["extras"].value == ["chip"]


def test_a_missed_choice_of_several_says_that_several_may_be_taken():
    talk = begun()
    talk.say("家里")
    assert SAY("answer.choose_several") in talk.say("没问题")


@pytest.mark.parametrize("words", ["看全部", "都要", "去改", "13800000102", "名字不知道", "没问题"])
def test_what_steers_is_no_name(words: str):
    talk = begun()
    for said in ("家里", "都不办"):
        talk.say(said)
    talk.say(words)
    assert "pet.name" not in talk.draft.values
    assert talk.state.stage.key == "pet.name"


def test_whether_it_must_be_filled():
    talk = begun()
    for said in ("家里", "都不办"):
        talk.say(said)
    assert SAY("answer.must") in talk.say("这个要填吗")
    assert "pet.name" not in talk.draft.values


def test_signing_too_early_says_what_is_missing():
    talk = begun()
    assert SAY("answer.unfinished", count=2) in talk.say("提交吧")


def test_what_it_means_is_explained_and_not_repeated():
    said = begun().say("啥意思")
    assert "地方不同，规定不同。" in said
    assert "养在院子里：院子要有围栏。" in said


@pytest.mark.parametrize("words", ["算了", "继续", "不"])
def test_staying_with_the_present_matter(words: str):
    talk = begun()
    talk.say("我要开店", band="act", ranking=("shop",))
    assert SAY("sure.kept", title="养狗") in talk.say(words)
    assert talk.state.stage.key == "kept"


def test_asking_for_the_other_matter_again_means_yes():
    talk = begun()
    talk.say("我要开店", band="act", ranking=("shop",))
    talk.say("先办开店", band="act", ranking=("shop",))
    assert OpenDraft("shop") in talk.done


def test_anything_else_said_instead_of_a_yes_goes_on():
    talk = begun()
    talk.say("我要开店", band="act", ranking=("shop",))
    talk.say("家里")
    assert talk.draft.situations["kept"].value == "home"


def test_a_person_is_called_whatever_is_awaited():
    for talk in (begun(), begun()):
        talk.say("我要开店", band="act", ranking=("shop",))
        talk.say("我要人工")
        assert HandOver() in talk.done
    talk = begun()
    talk.say("养在家里，小狗名字叫王小宝")
    talk.say("转人工")
    talk.say("不等了，我自己办")
    assert talk.stage == "nodding"


@pytest.mark.parametrize("words", ["不办", "不办了", "清掉"])
def test_giving_up_twice_is_meant(words: str):
    talk = begun()
    talk.say("不办了")
    talk.say(words)
    assert Discard("d1") in talk.done


def test_more_said_while_a_nod_is_awaited_joins_it():
    talk = begun()
    talk.say("小狗名字叫王小宝，养在家里")
    assert "还要办哪些" in talk.say("疫苗登记和芯片都要")
    talk.say("对")
    assert talk.draft.values["pet.name"].value == "王小宝"
    assert talk.draft.situations["extras"].value == ["vaccine", "chip"]


def test_words_that_say_nothing_while_a_nod_is_awaited_end_at_a_person():
    talk = begun()
    talk.say("养在家里，小狗名字叫王小宝")
    talk.say("绿色")
    assert SAY("answer.person") in talk.say("蓝色")
    assert talk.stage == "nodding"


def test_more_questions_come_with_their_reason():
    talk = begun()
    said = talk.say("家里")
    assert SAY("ask.left_more", more=3, count=3) in said
    assert "多问" not in talk.say("都不办")


def test_what_was_explained_is_not_explained_again():
    talk = begun()
    first = talk.blocks[-1].plain
    assert len(talk.say("绿色")) <= len(first) + len(SAY("answer.choose")) + 1


def test_a_likely_other_matter_is_no_reason_to_leave():
    talk = begun()
    talk.say("要不要照片", band="act", ranking=("pet", "move", "shop"), matters=("shop",))
    assert talk.stage == "asking"


def test_correcting_what_was_given_shows_only_the_ways_on():
    talk = filled()
    said = talk.say("小狗名字写错了，应该是王大宝")
    assert SAY("check.short") in said
    assert SAY("button.see_all") in said


@pytest.mark.parametrize(("words", "values"), [("芯片不要了", ["vaccine"]), ("疫苗登记和芯片都不要了", ["none"])])
def test_giving_up_one_of_several_at_the_check(words: str, values: list[str]):
    talk = begun()
    for said in ("家里", "都要", "王小宝", "12", "承诺代替"):
        talk.say(said)
    assert talk.stage == "checking", talk.plain
    talk.say(words)
    assert talk.draft.situations["extras"].value == values


def test_another_choice_named_at_the_check_is_a_correction():
    talk = filled()
    talk.say("不是家里，我养在院子里", band="act", ranking=("shop",))
    assert talk.draft.situations["kept"].value == "yard"


@pytest.mark.parametrize("words", ["不改了", "对"])
def test_an_answer_asked_again_may_stay(words: str):
    talk = begun()
    talk.say("家里")
    talk.say("上一步")
    talk.say(words)
    assert talk.state.stage.key == "extras"
    assert talk.draft.situations["kept"].value == "home"


def test_part_of_one_label_is_enough():
    talk = begun()
    talk.say("养在家")
    assert talk.draft.situations["kept"].value == "home"


def test_not_knowing_answers_no_other_question():
    talk = begun()
    assert SAY("answer.dont_know") in talk.say("不知道")
    assert talk.draft.situations == {}


def test_words_nearly_known_are_no_reason_to_leave():
    talk = begun()
    talk.near = 0.2
    talk.say("要不要办照", band="act", ranking=("shop",))
    assert talk.stage == "asking"


def test_a_question_that_nothing_answers_is_met_with_the_nearest() -> None:
    talk = begun()
    said = talk.say("狗养太多行吗", faq=("一户一只。", 0.3))
    assert SAY("answer.near") in said
    assert "能养几只？" in said
    assert talk.blocks[0].actions[-1].id == "act:person"
    answered = talk.press(talk.blocks[0].actions[0].id)
    assert "一户一只。" in answered
    assert SAY("talk.carry_on") in answered


def test_a_number_still_answers_the_question_on_the_table_and_what_is_gone_is_said_to_be() -> None:
    talk = begun()
    talk.say("狗养太多行吗", faq=("一户一只。", 0.3))
    talk.say("1")
    assert talk.draft.situations["kept"].value == "home"
    assert SAY("talk.gone") in talk.press("act:faq:pet=7")
    assert SAY("talk.gone") in talk.press("act:faq:nothing=0")
