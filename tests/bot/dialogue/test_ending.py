"""Checking, signing, waiting, correcting, rating."""

from dataclasses import replace

import pytest

from bot.dialogue.events import CaseMoved, Done, Move, NotSubmitted
from bot.dialogue.outcome import OpenCorrection, Rate, Submit, Withdraw
from bot.dialogue.sights import DemandSight
from bot.wording.wording import wording
from tests.bot.talk import CASE, begun, filled

SAY = wording()
DEMAND = DemandSight("pet.weight", "小狗 · 体重", "体重请按最近一次称的写。")


def signed():
    talk = filled()
    talk.say("都对，去签字")
    talk.say("陈一民")
    return talk


def test_the_check_shows_what_the_citizen_gave_and_the_rest_on_demand():
    talk = filled()
    rows = [row["path"] for block in talk.blocks if block.type == "form" for row in block.fields]
    assert set(rows) == {"situation:kept", "situation:extras", "pet.name", "pet.weight", "material:photo:pet"}
    talk.say("看全部")
    assert "owner.id_number" in [row["path"] for block in talk.blocks if block.type == "form" for row in block.fields]
    assert talk.stage == "checking"


def test_the_check_masks_and_names_sources():
    talk = filled()
    talk.say("看看全部")
    rows = [row for block in talk.blocks if block.type == "form" for row in block.fields]
    shown = {row["label"]: row["shown"] for row in rows}
    assert shown["身份证号"] == "330***********0316"
    assert shown["手机号"] == "138****0101"
    assert all("330106199307120316" not in str(row) for row in rows)


def test_a_blocking_finding_keeps_from_signing():
    talk = begun()
    for words in ("家里", "都不办", "王小宝", "200", "承诺代替"):
        talk.say(words)
    assert "太重的狗不让养" in talk.plain
    assert "act:sign_now" not in str(talk.blocks)
    assert SAY("check.blocked") in talk.press("act:sign_now")
    assert talk.stage == "checking"
    talk.say("去改")
    talk.say("20")
    assert "act:sign_now" in str(talk.blocks)


def test_only_the_own_name_signs():
    talk = filled()
    talk.say("都对，去签字")
    assert talk.stage == "signing"
    assert "我保证填的都是真的。" in talk.plain
    assert SAY("sign.mismatch") in talk.say("张三丰")
    assert not any(isinstance(effect, Submit) for effect in talk.done)
    talk.say("陈 一民")
    assert Submit("陈一民") in talk.done
    assert talk.draft.pledged
    assert talk.stage == "waiting"
    assert CASE.number in talk.plain


def test_back_from_signing_shows_the_check():
    talk = filled()
    talk.say("都对，去签字")
    talk.say("再看一遍")
    assert talk.stage == "checking"
    assert len(talk.blocks) > 3


def test_what_was_not_taken_is_said_and_nothing_is_lost():
    talk = filled()
    talk.say("都对，去签字")
    assert SAY("not_submitted.old_version") in talk.happen(NotSubmitted("old_version"))
    assert talk.stage == "signing"


def test_a_notice_of_corrections_asks_only_what_it_names():
    talk = signed()
    talk.demands = (DEMAND,)
    said = talk.happen(CaseMoved((Move("returned"),), replace(CASE, state="returned", demands=talk.demands)))
    assert "体重请按最近一次称的写。" in said
    talk.say("现在就改")
    assert OpenCorrection(CASE.number) in talk.done
    assert talk.stage == "correcting"
    assert "小狗多重？" in talk.plain
    talk.say("9")
    assert talk.stage == "checking"
    assert talk.draft.values["pet.weight"].value == 9
    assert [row["path"] for block in talk.blocks if block.type == "form" for row in block.fields] == ["pet.weight"]
    assert SAY("correction.only_these") in talk.say("名字写错了，应该是王大宝")
    talk.say("都对，去签字")
    talk.say("同意并提交")
    effect = next(effect for effect in talk.done if isinstance(effect, Submit) and effect.case)
    assert (effect.replies, effect.unchanged) == ((), SAY("correction.same"))
    assert SAY("submitted.again", number=CASE.number) in talk.plain


@pytest.mark.parametrize("words", ["换成9公斤", "改成9公斤吧", "应该是9", "写错了，是9公斤"])
def test_the_new_answer_may_be_said_as_a_correction(words: str):
    talk = signed()
    talk.demands = (DEMAND,)
    talk.happen(CaseMoved((Move("returned"),), replace(CASE, state="returned", demands=talk.demands)))
    talk.say("现在就改")
    talk.say(words)
    assert talk.draft.values["pet.weight"].value == 9
    assert talk.stage == "checking"


def test_a_demand_about_the_whole_is_answered_in_words():
    talk = signed()
    talk.demands = (DemandSight("", "", "请说明狗从哪里来。"),)
    talk.press(f"act:fix:{CASE.number}")
    assert SAY("correction.words") in talk.plain
    talk.say("朋友送的")
    talk.say("都对，去签字")
    talk.say("同意并提交")
    effect = next(effect for effect in talk.done if isinstance(effect, Submit) and effect.case)
    assert dict(effect.replies)[""] == "朋友送的"


def test_a_notice_does_not_disturb_another_form():
    talk = begun()
    talk.happen(CaseMoved((Move("leg_completed"),), CASE))
    assert talk.stage == "asking"


def test_withdrawing_asks_first():
    talk = signed()
    talk.press(f"act:withdraw:{CASE.number}")
    assert talk.stage == "sure"
    talk.say("确定撤回")
    assert Withdraw(CASE.number) in talk.done


def test_a_completed_case_is_rated_with_stars_tags_and_words():
    talk = signed()
    case = replace(CASE, state="completed_full", open=False, may_rate=True, results=(("许可证", "按您选的方式交给您"),))
    assert "许可证" in talk.happen(CaseMoved((Move("completed_full"),), case))
    talk.say("非常满意")
    assert talk.stage == "rating"
    talk.press(f"act:tick:rating:{CASE.number}=办得快")
    talk.say("很好，一次就办完了")
    assert Rate(CASE.number, 5, ("办得快",), "很好，一次就办完了") in talk.done
    assert SAY("done.rated") in talk.happen(Done("rated"))


def test_turning_away_while_rating_keeps_the_stars():
    talk = signed()
    talk.press(f"act:rate:{CASE.number}=2")
    talk.say("转人工")
    assert Rate(CASE.number, 2) in talk.done
    assert talk.stage == "with_person"


def test_a_refusal_says_why_and_what_to_do():
    talk = signed()
    refused = replace(CASE, state="rejected", reason="超过一只", remedy="可以申请复议")
    said = talk.happen(CaseMoved((Move("rejected"),), refused))
    assert "超过一只" in said
    assert "可以申请复议" in said


def test_steps_of_departments_are_told_in_one_list():
    talk = begun()
    def step(what: str, item: str) -> Move:
        return Move(what, (("item", item), ("department", "城管")))

    moves = (step("leg_accepted", "甲"), step("leg_accepted", "乙"), step("leg_completed", "甲"),
             step("leg_delivered", "甲"))
    said = talk.happen(CaseMoved(moves, CASE))
    assert said.splitlines() == ["“养狗一件事”有新进展。", "· 城管受理了乙", "· 城管办好了甲"]
    assert "城管受理了乙" in talk.happen(CaseMoved((step("leg_accepted", "乙"),), CASE))
    ended = replace(CASE, state="completed")
    said = talk.happen(CaseMoved((step("leg_completed", "乙"), Move("completed_full")), ended))
    assert "全部办好" in said
    assert "城管办好了乙" not in said
