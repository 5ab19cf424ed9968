"""A nod, consent and the signature: what says yes, what says no, and what says neither."""

from __future__ import annotations

import pytest

from bot.dialogue.outcome import Discard, FindCases, GiveConsent, LoadDraft, Submit, Unbind, Withdraw
from bot.dialogue.stages import Confirming, Resuming, Sure
from bot.wording.wording import wording
from tests.bot.dialogue.test_doubting import consenting, nodding, signing
from tests.bot.talk import begun, filled

SAY = wording()


def named():
    """A nod to one name."""
    talk = begun()
    talk.say("家里")
    talk.say("小狗名字叫王小宝")
    assert talk.stage == "nodding"
    return talk


@pytest.mark.parametrize("words", [
    "对，没错", "没错就这个", "行就这样", "肯定的", "那肯定", "对头的", "对，叫王小宝", "对的就是王小宝", "王小宝",
    "没错，是王小宝", "好的，知道了",
])
def test_a_yes_in_several_pieces_is_a_yes(words: str):
    talk = named()
    talk.say(words)
    assert talk.draft.values["pet.name"].value == "王小宝"


@pytest.mark.parametrize("words", ["对，不过姓李", "应该是吧", "可能吧", "叫王小宝？", "随便", "是王小宝的爸爸"])
def test_half_a_yes_is_none(words: str):
    talk = named()
    talk.say(words)
    assert "pet.name" not in talk.draft.values
    assert talk.stage == "nodding"


def test_of_several_values_one_said_again_is_no_yes_to_all():
    talk = nodding()
    talk.say("王小宝")
    assert talk.stage == "nodding"
    talk.say("对，王小宝，养在家里")
    assert talk.draft.values["pet.name"].value == "王小宝"


def test_a_bare_name_puts_the_name_right():
    talk = named()
    assert "王晓宝" in talk.say("王晓宝")
    talk.say("对")
    assert talk.draft.values["pet.name"].value == "王晓宝"


def test_what_comes_later_is_not_lost_while_a_nod_is_awaited():
    talk = nodding()
    assert SAY("nod.to_come") in talk.say("对了芯片也要办")
    assert SAY("nod.later", titles="开店") in talk.say("我还要开店", band="act", ranking=("shop",))
    assert talk.state.later == ("shop",)
    assert talk.stage == "nodding"


@pytest.mark.parametrize("words", [
    "不想让你们查", "我不要查", "别查我的", "我不太同意", "还没", "先不用", "暂时不用", "不用查了",
])
def test_a_no_to_looking_things_up(words: str):
    talk = consenting()
    talk.say(words)
    assert GiveConsent(False) in talk.done


@pytest.mark.parametrize("words", ["可以个屁", "好麻烦", "随便", "没事", "同意查，但是别查我老婆的"])
def test_what_is_neither_is_asked_again_and_promises_nothing(words: str):
    talk = consenting()
    assert SAY("consent.please") in talk.say(words)
    assert not [one for one in talk.done if isinstance(one, GiveConsent)]


def test_what_tells_something_is_kept_in_mind():
    assert SAY("consent.remembered") in consenting().say("狗养在院子里")


@pytest.mark.parametrize("words", ["可以不查吗", "一定要同意吗", "不同意会怎样"])
def test_whether_it_is_free_is_said(words: str):
    assert SAY("consent.may_refuse") in consenting().say(words)


def test_what_is_looked_up_is_shown_in_full():
    assert SAY("consent.only") in consenting().say("你们查什么")


@pytest.mark.parametrize(("words", "said"), [
    ("陈一名", "sign.mismatch"), ("李小满", "sign.mismatch"), ("我签", "sign.please"), ("签字", "sign.please"),
    ("手写还是打字", "sign.please"), ("签字？", "sign.please"), ("提交了会怎么样", "answer.no_idea"),
    ("能撤回吗", "sign.withdraw"), ("签了能改吗", "sign.withdraw"), ("签了字有什么用", "why.sign"),
    ("必须签吗", "why.sign"), ("怎么签", "sign.please"), ("陈一民？", "sign.please"),
])
def test_only_a_name_is_no_match(words: str, said: str):
    talk = signing()
    assert SAY(said) in talk.say(words)
    assert not [one for one in talk.done if isinstance(one, Submit)]


def test_who_does_not_sign_is_back_at_the_answers():
    talk = signing()
    talk.say("不签")
    assert talk.stage == "checking"


def test_the_name_signs_with_a_full_stop_too():
    talk = signing()
    talk.say("陈一民。")
    assert any(isinstance(one, Submit) for one in talk.done)


def test_the_next_step_after_the_check_is_signing():
    talk = filled()
    talk.say("下一步", band="act", ranking=("shop",))
    assert talk.stage == "signing"
    talk.say("下一步", band="act", ranking=("shop",))
    assert talk.stage == "signing"
    assert not [one for one in talk.done if isinstance(one, Submit)]


def test_withdrawing_said_again_is_meant_and_without_a_draft_shows_the_cases():
    talk = begun()
    talk.state = talk.state.model_copy(update={"stage": Sure(what="withdraw", about="123", under=talk.state.stage)})
    talk.say("撤回")
    assert Withdraw("123") in talk.done
    talk = begun()
    talk.say("先停一下")
    talk.say("撤回")
    assert FindCases("") in talk.done


@pytest.mark.parametrize("words", ["会丢掉吗", "清掉？"])
def test_a_question_gives_nothing_up_and_keeps_the_choice_open(words: str):
    talk = begun()
    talk.say("不办了")
    talk.say(words)
    assert talk.stage == "sure"


@pytest.mark.parametrize("words", ["办", "办吧", "要办", "还是办吧", "一", "第一个", "前面那个", "上一个"])
def test_what_wants_to_go_on_gives_nothing_up(words: str):
    talk = begun()
    talk.say("不办了")
    talk.say(words)
    assert not [one for one in talk.done if isinstance(one, Discard)]
    assert "kept" not in talk.draft.situations


@pytest.mark.parametrize("words", ["清了吧", "对，不办了", "删掉吧", "嗯", "确定"])
def test_giving_up_is_heard(words: str):
    talk = begun()
    talk.say("不办了")
    talk.say(words)
    assert Discard("d1") in talk.done


def test_a_choice_shown_is_put_right_by_naming_another():
    talk = nodding()
    assert "养在院子里" in talk.say("名字对，养在院子里")
    assert talk.stage == "nodding"
    talk.say("没问题，下一步")
    assert talk.draft.situations["kept"].value == "yard"


@pytest.mark.parametrize("words", ["不", "不用了", "还没", "先不用", "没有"])
def test_not_now_loses_nothing_of_an_unfinished_draft(words: str):
    talk = begun()
    talk.state = talk.state.model_copy(update={"stage": Resuming(one_thing="pet", draft="d1")})
    talk.done = []
    assert SAY("pause.kept", title="养狗") in talk.say(words)
    assert (talk.done, talk.stage) == ([], "idle")


def test_going_on_with_what_was_found_needs_no_search():
    talk = begun()
    talk.state = talk.state.model_copy(update={"stage": Resuming(one_thing="pet", draft="d1")})
    talk.say("下一步", band="act", ranking=("shop",))
    assert LoadDraft("d1") in talk.done


def test_going_on_while_a_matter_is_to_be_confirmed_asks_again():
    talk = begun()
    talk.state = talk.state.model_copy(update={"stage": Confirming(choices=("shop",))})
    talk.say("下一步")
    assert talk.stage == "confirming"


def test_unbinding_said_again_is_meant():
    talk = begun()
    talk.say("解绑")
    talk.say("解绑？")
    assert Unbind() not in talk.done
    talk.say("解绑")
    assert Unbind() in talk.done


def test_a_choice_named_in_one_clause_is_no_other_matter():
    talk = begun()
    talk.say("养在院子里，其他的听你们安排", band="act", ranking=("shop",))
    assert talk.stage != "sure"
    talk.say("对")
    assert talk.draft.situations["kept"].value == "yard"
