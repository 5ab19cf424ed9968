"""Answers: chosen, typed, several at once, wrong, and never mistaken for something else."""

import pytest

from bot.wording.wording import wording
from tests.bot.talk import begun, filled

SAY = wording()


@pytest.mark.parametrize("words", ["1", "养在家里", "家里", "就养在家里呀", "第一个", "不是院子，是家里"])
def test_a_choice_is_taken_however_it_is_said(words: str):
    talk = begun()
    said = talk.say(words)
    assert talk.draft.situations["kept"].value == "home"
    assert "要办许可证。" in said
    assert talk.state.stage.key == "extras"


def test_a_choice_needs_no_nod_and_a_button_no_echo():
    talk = begun()
    said = talk.press("act:answer:situation:kept=yard")
    assert said.startswith("院子要有围栏。")


def test_several_choices_by_words_numbers_or_ticks():
    for act in (lambda t: t.say("疫苗登记和芯片"), lambda t: t.say("1 和 2"), lambda t: t.press(
            "act:done:situation:extras=vaccine,chip"), _tick_both):
        talk = begun()
        talk.say("家里")
        act(talk)
        assert talk.draft.situations["extras"].value == ["vaccine", "chip"]


def _tick_both(talk):
    talk.press("act:tick:situation:extras=vaccine")
    assert "✓ 疫苗登记" in talk.plain
    talk.press("act:tick:situation:extras=chip")
    talk.press("act:done:situation:extras")


def test_none_of_several_is_an_answer():
    talk = begun()
    talk.say("家里")
    talk.say("都不要")
    assert talk.draft.situations["extras"].value == ["none"]


def test_what_is_no_choice_is_asked_again_and_then_a_person_is_offered():
    talk = begun()
    assert SAY("answer.choose") in talk.say("绿色")
    assert SAY("answer.person") in talk.say("绿色的")
    assert talk.state.stage.key == "kept"


def test_a_typed_value_is_shown_back_with_a_way_to_change_it():
    talk = begun()
    talk.say("家里")
    talk.say("都不办")
    said = talk.say("王小宝")
    assert "小狗 · 姓名：王小宝" in said
    assert "小狗多重？" in said
    assert talk.draft.values["pet.name"].value == "王小宝"


def test_a_wrong_kind_says_why_with_an_example_and_loses_nothing():
    talk = begun()
    for words in ("家里", "都不办", "王小宝"):
        talk.say(words)
    said = talk.say("很重")
    assert SAY("invalid.number_in", unit="公斤") in said
    assert "例如：50" in said
    assert "很重" in said
    assert talk.state.stage.typed == "很重"


def test_several_answers_in_one_message_are_nodded_to():
    talk = begun()
    said = talk.say("养在家里，小狗名字叫王小宝")
    assert talk.stage == "nodding"
    assert "狗养在哪里：养在家里" in said
    assert "小狗 · 姓名：王小宝" in said
    assert "pet.name" not in talk.draft.values
    talk.say("对")
    assert talk.draft.values["pet.name"].value == "王小宝"
    assert talk.draft.situations["kept"].value == "home"


def test_a_nod_refused_takes_nothing():
    talk = begun()
    talk.say("养在家里，小狗名字叫王小宝")
    assert SAY("nod.dropped") in talk.say("不对")
    assert talk.stage == "asking"
    assert "kept" not in talk.draft.situations


def test_a_nod_put_right_at_once():
    talk = begun()
    talk.say("养在家里，小狗名字叫王小宝")
    assert "王大宝" in talk.say("名字叫王大宝")
    talk.say("对")
    assert talk.draft.values["pet.name"].value == "王大宝"


@pytest.mark.parametrize(("words", "key"), [("不知道", "answer.dont_know"), ("为什么要这个", "why.asked_by")])
def test_control_words_are_never_a_name(words: str, key: str):
    talk = begun()
    talk.say("家里")
    talk.say("都不办")
    said = talk.say(words)
    assert "pet.name" not in talk.draft.values
    assert SAY(key, departments="城管", items="许可证") in said
    assert talk.state.stage.key == "pet.name"


def test_a_question_in_the_middle_is_answered_and_not_taken_as_an_answer():
    talk = begun()
    talk.say("家里")
    talk.say("都不办")
    said = talk.say("能养几只啊？", faq=("一户一只。", 0.7))
    assert "一户一只。" in said
    assert SAY("talk.carry_on") in said
    assert "小狗叫什么名字？" in said
    assert "pet.name" not in talk.draft.values


def test_a_stale_button_corrects_its_own_question():
    talk = begun()
    talk.say("家里")
    talk.press("act:answer:situation:kept=yard")
    assert talk.draft.situations["kept"].value == "yard"
    assert talk.state.stage.key == "extras"


def test_a_button_of_nowhere_does_no_harm():
    talk = begun()
    before = talk.state.stage
    for action in ("act:answer:situation:nope=1", "act:answer:field:owner.secret=1", "act:nope", "act:", "x",
                   "act:change:field:nope", "act:way:material:nope=pledge", "act:tick:=", "act:rate:x=9"):
        talk.press(action)
        assert talk.draft.situations == {}
    assert talk.state.stage == before or talk.stage == "asking"


def test_materials_are_pledged_deferred_or_uploaded():
    for act, way in ((lambda t: t.say("承诺代替"), "pledge"),
                     (lambda t: t.press("act:way:material:photo:pet=deferred"), "deferred"),
                     (lambda t: t.press("act:uploaded:photo:pet", files=("f1",)), "upload")):
        talk = begun()
        for words in ("家里", "都不办", "王小宝", "12"):
            talk.say(words)
        assert talk.state.stage.what == "material"
        act(talk)
        assert talk.draft.materials["photo:pet"].way == way
        assert talk.stage == "checking"


def test_an_upload_without_files_gives_nothing():
    talk = begun()
    for words in ("家里", "都不办", "王小宝", "12"):
        talk.say(words)
    talk.press("act:uploaded:photo:pet")
    assert talk.draft.materials == {}


def test_an_answer_that_ends_the_online_way_says_where_to_go():
    talk = begun()
    said = talk.say("养殖场")
    assert talk.stage == "offline"
    assert "文三路1号" in said
    talk.say("改刚才的回答")
    talk.say("家里")
    assert talk.state.stage.key == "extras"


def test_the_story_reaches_the_check():
    talk = filled()
    assert talk.stage == "checking"
    assert "一次办 1 件事" in talk.plain


def test_what_a_choice_brings_is_told_where_the_content_says_nothing_of_it():
    talk = begun()
    assert "要办许可证。" in talk.say("家里")
    assert SAY("nod.adds", items="“疫苗登记”") in talk.say("打疫苗")


def test_of_wishes_what_is_not_wished_is_not_told():
    talk = begun()
    talk.say("家里")
    assert "疫苗" not in talk.say("都不办")


@pytest.mark.parametrize("words", ["样在佳里", "佳里吧"])
def test_a_choice_typed_by_its_sound_is_shown_for_a_nod(words: str):
    talk = begun()
    said = talk.say(words)
    assert SAY("nod.heard") in said
    assert "养在家里" in said
    assert "kept" not in talk.draft.situations
    talk.say("对")
    assert talk.draft.situations["kept"].value == "home"


def test_several_are_heard_by_number_by_label_and_by_sound():
    talk = begun()
    talk.say("家里")
    talk.say("头一个和新片")
    talk.say("对")
    assert talk.draft.situations["extras"].value == ["vaccine", "chip"]
    talk = begun()
    talk.say("家里")
    talk.say("头一个，芯片也要")
    assert talk.draft.situations["extras"].value == ["vaccine", "chip"]


@pytest.mark.parametrize("words", ["样在哪里都行，我再想想", "羊在家里吗", "不养了"])
def test_what_only_sounds_a_little_like_a_choice_chooses_nothing(words: str):
    talk = begun()
    assert SAY("nod.heard") not in talk.say(words)
    assert "kept" not in talk.draft.situations
