"""What may be done at any moment."""

import pytest

from bot.dialogue.events import CasesFound, DraftsFound, NobodyYet
from bot.dialogue.outcome import Discard, FindCases, FindDrafts, HandOver, LoadDraft, SwitchLarge
from bot.wording.wording import wording
from tests.bot.talk import CASE, Talk, begun, filled

SAY = wording()


def test_a_person_takes_over_and_the_bot_keeps_quiet_until_called_back():
    talk = begun()
    talk.say("转人工")
    assert talk.stage == "with_person"
    assert "12345" in talk.plain
    for words in ("家里", "1", "继续", "大字", "人工", "改一下名字"):
        assert talk.say(words) == ""
    assert talk.draft.situations == {}
    assert SAY("person.pressed") in talk.press("act:progress")
    assert talk.happen(NobodyYet()).startswith(SAY("person.waiting"))
    assert talk.stage == "with_person"
    talk.say("不等了，我自己办")
    assert HandOver(to_person=False) in talk.done
    assert talk.state.stage.key == "kept"
    assert talk.happen(NobodyYet()) == ""


@pytest.mark.parametrize("words", ["回到机器人", "机器人。", "不等了", "我自己办"])
def test_a_few_words_call_the_bot_back(words: str):
    talk = begun()
    talk.say("转人工")
    assert "狗养在哪里" in talk.say(words)


def test_at_night_nobody_is_let_wait_for_nothing(monkeypatch: pytest.MonkeyPatch):
    for open_, key in ((True, "person.words"), (False, "person.closed")):
        monkeypatch.setattr("bot.render.talk.at_work", lambda _, found=open_: found)
        talk = begun()
        assert SAY(key) in talk.say("转人工")


@pytest.mark.parametrize(("words", "on"), [("大字", True), ("字太小了看不清", True), ("关闭大字", False)])
def test_large_type(words: str, on: bool):
    talk = begun()
    assert "狗养在哪里" in talk.say(words)
    assert SwitchLarge(on) in talk.done


def test_back_asks_the_last_question_with_its_answer():
    talk = begun()
    talk.say("家里")
    talk.say("都不办")
    assert "您之前答的是：都不办" in talk.say("上一步")
    assert "您之前答的是：养在家里" in talk.say("上一步")
    assert SAY("back.first") in talk.say("上一步")
    talk.say("院子")
    assert talk.draft.situations["kept"].value == "yard"
    assert talk.state.stage.key == "pet.name"


def test_what_is_not_known_now_may_wait_where_the_content_says_how():
    talk = begun()
    for words in ("家里", "都不办", "王小宝"):
        talk.say(words)
    assert SAY("button.unknown") in talk.plain
    assert SAY("answer.dont_know_later", says="不要紧。办证的时候给它称。") in talk.say("不知道")
    assert "pet.weight" not in talk.draft.skipped
    assert SAY("answer.unknown_taken", says="不要紧。办证的时候给它称。") in talk.press("act:skip:field:pet.weight")
    assert "pet.weight" in talk.draft.skipped
    assert talk.state.stage.key == "photo:pet"


def test_only_what_is_optional_is_skipped():
    talk = begun()
    assert SAY("answer.dont_know") in talk.press("act:skip:situation:kept")
    for words in ("家里", "都不办"):
        talk.say(words)
    assert SAY("answer.dont_know") in talk.say("跳过")
    talk.press("act:change:field:pet.nickname")
    talk.say("跳过")
    assert "pet.nickname" in talk.draft.skipped


def test_pause_and_resume():
    talk = begun()
    talk.say("家里")
    assert SAY("pause.kept", title="养狗") in talk.say("回头再说")
    assert talk.stage == "idle"
    talk.say("继续")
    assert FindDrafts("") in talk.done
    from datetime import UTC, datetime

    from bot.dialogue.sights import DraftSight
    talk.happen(DraftsFound((DraftSight("d1", "pet", datetime(2026, 1, 1, tzinfo=UTC)),)))
    assert LoadDraft("d1") in talk.done
    assert talk.state.stage.key == "extras"
    assert talk.state.parked == ()


def test_another_one_thing_lays_the_first_aside_after_asking():
    talk = begun()
    talk.say("家里")
    said = talk.say("我要开店", band="act", ranking=("shop",))
    assert talk.stage == "sure"
    assert SAY("sure.switch", title="养狗", other="开店") in said
    talk.say("接着办这件")
    assert talk.state.stage.key == "extras"
    talk.say("我要开店", band="act", ranking=("shop",))
    talk.say("是")
    assert [one.one_thing for one in talk.state.parked] == [] or talk.state.stage.one_thing == "shop"


def test_giving_up_asks_first():
    talk = begun()
    talk.say("不办了")
    assert talk.stage == "sure"
    talk.say("不")
    assert talk.state.stage.key == "kept"
    talk.say("不办了")
    talk.say("是")
    assert Discard("d1") in talk.done
    assert talk.stage == "idle"


def test_progress_in_the_middle_goes_on_afterwards():
    talk = begun()
    talk.say("查进度")
    assert FindCases("") in talk.done
    assert SAY("progress.none") in talk.happen(CasesFound(()))
    said = talk.happen(CasesFound((CASE,)))
    assert CASE.number in said
    assert "狗养在哪里" in said


def test_a_case_number_is_looked_up():
    talk = Talk()
    talk.say(f"{CASE.number} 办得怎么样了")
    assert FindCases(CASE.number) in talk.done
    assert SAY("progress.not_found") in talk.happen(CasesFound((), CASE.number))


@pytest.mark.parametrize(("words", "part"), [
    ("要多少钱", "不收费"), ("要多久", "3 个工作日"), ("要什么材料", "照片：拍照或上传文件"), ("帮助", "上一步"),
    ("谢谢", "不客气"), ("再说一遍", "狗养在哪里"),
])
def test_short_questions_are_answered_and_the_talk_goes_on(words: str, part: str):
    talk = begun()
    said = talk.say(words)
    assert part in said
    assert "狗养在哪里" in said
    assert talk.state.stage.key == "kept"


def test_a_complaint_in_the_middle():
    talk = begun()
    said = talk.say("我要投诉你们", band="out_of_scope", out="complaint")
    assert "12345" in said
    assert "狗养在哪里" in said


@pytest.mark.parametrize("words", ["不是家里，是院子", "院子，刚才说错了", "改成养在院子里"])
def test_correcting_a_choice_in_words(words: str):
    talk = filled()
    talk.say(words)
    assert talk.draft.situations["kept"].value == "yard"
    assert talk.stage == "checking"


@pytest.mark.parametrize("words", ["小狗名字写错了，应该是王大宝", "不是王小宝，是王大宝", "姓名改成王大宝"])
def test_correcting_a_value_in_words(words: str):
    talk = filled()
    said = talk.say(words)
    assert talk.draft.values["pet.name"].value == "王大宝"
    assert "王大宝" in said
    assert "主人" not in said


def test_correcting_without_a_value_asks_for_it():
    talk = filled()
    assert "小狗多重？" in talk.say("体重写错了")
    talk.say("13")
    assert talk.draft.values["pet.weight"].value == 13
    assert talk.stage == "checking"


def test_correcting_without_saying_what_offers_the_last_answers():
    talk = filled()
    assert SAY("amend.which") in talk.say("写错了")


def test_greeting_with_nothing_in_hand():
    assert SAY("greet.what") in Talk().say("你好")


@pytest.mark.parametrize(("words", "part"), [
    ("在哪办", "手机、电脑上都能交"), ("办事指南", "养狗：办事指南"), ("看看流程", "养狗：办事指南"),
])
def test_the_guide_is_told_in_the_middle_of_a_form(words: str, part: str):
    talk = begun()
    said = talk.say(words)
    assert part in said
    assert "狗养在哪里" in said
    assert talk.draft.situations == {}


def test_a_section_of_the_guide_is_one_press_away():
    talk = begun()
    assert "带狗来。" in talk.press("act:guide:pet")
    assert "签名提交" in talk.press("act:guide:pet=steps")
    assert "【版本】" in talk.press("act:guide:pet=more")
