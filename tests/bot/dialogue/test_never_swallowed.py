"""What is said in between, a question, a wish, a sigh, is never taken for an answer, whatever was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.heard import Heard
from bot.dialogue.questioning import asks
from bot.dialogue.values import said
from forms.bank import PACKAGED, Bank
from forms.content.element_schema import Option
from forms.merging.merged import Question
from intents.acts import hear_acts
from intents.understanding import Context, Entity, Understanding
from nlu.entities import find_entities
from tests.bot.talk import Talk, begun, filled

SAID = (Path(__file__).parent / "interruptions.txt").read_text("utf-8").split("\n")
TYPES = ("name", "address", "text", "long_text", "certificate_number")
MENTIONING = (
    "等我老公回来", "我老公在开会", "有没有人啊", "孩子没有社保的事", "我妈说不用", "不填行吗", "还没生", "还没取名",
    "还没吃饭",
    "这个跟社保有关系不", "我去翻一下户口本", "孩子哭了等下", "喊个人来嘛", "跟我的一样", "等我回家", "我找哈身份证",
    "你是真人还是机器", "要是没有咋办", "医保卡在我妈那里放着", "公司今天停电了", "办好了没", "我的还是孩子的",
)
"""Words in which labels of many choices stand, and that choose none."""
MAY_BE = {"111", "税前税后", "农历行不"}
"""What a field for any words at all may well hold."""


def _heard(words: str, context: Context) -> Heard:
    return Heard(text=words, read=Understanding(
        text=words, acts=hear_acts(words, context),
        entities=tuple(Entity(e.kind, e.value, e.text, e.start, e.end) for e in find_entities(words))))


def _asked(kind: str) -> Question:
    return Question(kind="field", key="pet.name", title="这一项", ask="这一项填什么？", type=kind)


@pytest.fixture(scope="module")
def talk() -> Talk:
    return begun()


@pytest.mark.parametrize("kind", TYPES)
def test_nothing_is_swallowed_by_a_field(kind: str, talk: Talk) -> None:
    context = Context("field", field_type=kind)
    found = {words: said(_asked(kind), _heard(words, context), talk.held()) for words in SAID if words}
    assert [words for words, (raw, sure) in found.items() if raw is not None and sure and words not in MAY_BE] == []
    assert len(found) > 150


def test_nothing_is_swallowed_by_a_choice(talk: Talk) -> None:
    chosen = [
        (code, one.code, words, raw)
        for code, definition in Bank.load([PACKAGED]).definitions.items() for one in definition.situations
        for words in MENTIONING for raw, sure in [_chosen(one.code, one.question, one.type, one.options, words, talk)]
        if raw is not None and sure
    ]
    assert chosen == []


def _chosen(
    code: str, ask: str, kind: str, options: tuple[Option, ...], words: str, talk: Talk
) -> tuple[object | None, bool]:
    found = Question(kind="situation", key=code, title=ask, ask=ask, type=kind, options=options)
    return said(found, _heard(words, Context("situation", tuple(one.label for one in options))), talk.held())


@pytest.mark.parametrize(("words", "value"), [
    ("李小红", "李小红"), ("是李小红", "李小红"), ("就是李小红啊", "李小红"), ("李小红吧", "李小红"),
    ("我老婆叫李小红", "李小红"), ("欧阳小满", "欧阳小满"),
    ("买买提·吐尔逊", "买买提·吐尔逊"), ("Li Xiaohong", "Li Xiaohong"), ("李小红可以吗", "李小红"),
])
def test_a_name_is_taken_without_what_is_said_around_it(words: str, value: str, talk: Talk) -> None:
    assert said(_asked("name"), _heard(words, Context("field", field_type="name")), talk.held()) == (value, True)


@pytest.mark.parametrize("words", ["小满", "叫小红", "第五小二黑", "卬小红"])
def test_a_rare_name_is_asked_back_and_never_refused(words: str, talk: Talk) -> None:
    raw, sure = said(_asked("name"), _heard(words, Context("field", field_type="name")), talk.held())
    assert raw is not None
    assert sure is False


@pytest.mark.parametrize("words", [
    "西湖区文三路90号3幢2单元201室", "湖北黄冈红安县李家村", "李家村三组", "杭州西湖区", "古荡新村", "浙江杭州",
])
def test_an_address_is_taken_for_the_place_in_it(words: str, talk: Talk) -> None:
    assert said(_asked("address"), _heard(words, Context("field", field_type="address")), talk.held()) == (words, True)


@pytest.mark.parametrize("words", [
    "安全不", "有人没", "办好了没", "行否", "要不要", "可不可以", "谁的", "哪个地址", "几个钱啊", "多钱", "啥子哦",
    "人呢",
    "做咩要问", "边度", "大名还是小名", "你是真人还是机器", "税前还是税后", "户口本要带不啦", "食咗未",
])
def test_a_question_is_heard_by_how_it_is_put(words: str) -> None:
    assert asks(words)


@pytest.mark.parametrize("words", [
    "不", "还没", "也不", "还是原来的", "电话还是老的", "户口还是跟妈妈", "什么都不要", "哪个都行", "十几平",
    "好几天了",
    "没什么", "不对不对，是李小红", "100多平", "差不多", "跟妈妈", "我就不", "过几天再起", "几米书店旁", "何小红",
])
def test_no_question_is_heard_in_an_answer(words: str) -> None:
    assert not asks(words)


def test_doubtful_words_are_shown_back_and_what_follows_is_heard_anew() -> None:
    talk = begun()
    for words in ("家里", "都不办"):
        talk.say(words)
    talk.say("天气不错")
    assert talk.stage == "nodding"
    talk.say("下午再来弄")
    assert "pet.name" not in talk.draft.values
    talk.say("王小宝")
    assert talk.draft.values["pet.name"].value == "王小宝"


def test_a_doubtful_name_is_taken_with_a_nod_and_put_right_in_words() -> None:
    for words, value in (("对", "小黑"), ("不是，叫王小宝", "王小宝")):
        talk = begun()
        for said_ in ("家里", "都不办", "小黑", words):
            talk.say(said_)
        if talk.stage == "nodding":
            talk.say("对")
        assert talk.draft.values["pet.name"].value == value


def test_another_matter_or_a_complaint_is_no_name() -> None:
    talk = begun()
    for words in ("家里", "都不办"):
        talk.say(words)
    assert "12345" in talk.say("投诉你们", band="out_of_scope", out="complaint")
    talk.say("我要注销公司", band="act", ranking=("shop",))
    assert talk.stage == "sure"


def test_a_choice_mentioned_is_asked_back() -> None:
    talk = begun()
    talk.say("等我老公回家里商量")
    assert "kept" not in talk.draft.situations
    talk = begun()
    talk.say("我们商量好了养院子")
    assert talk.stage == "nodding"
    talk.say("养在家里")
    assert talk.draft.situations["kept"].value == "home"


def test_all_but_one() -> None:
    talk = begun()
    for words in ("家里", "除了芯片都办"):
        talk.say(words)
    assert talk.draft.situations["extras"].value == ["vaccine"]


def test_a_choice_mentioned_at_the_check_changes_nothing() -> None:
    talk = filled()
    talk.say("等我回院子里拿证件")
    assert talk.draft.situations["kept"].value == "home"
    talk.say("养在院子")
    assert talk.draft.situations["kept"].value == "yard"


@pytest.mark.parametrize("words", [
    "杭州市西湖区转塘街道美院南街66号", "杭州市西湖区三墩镇云起路99号云起华庭6幢2单元801室",
    "杭州市西湖区求是路8号公元大厦北楼603室",
])
def test_an_address_is_taken_whole(words: str, talk: Talk) -> None:
    for around in ("{}", "住在{}", "地址是{}。"):
        heard = _heard(around.format(words), Context("field", field_type="address"))
        assert said(_asked("address"), heard, talk.held()) == (words, True)


@pytest.mark.parametrize(("kind", "words", "sure"), [
    ("certificate_number", "（2026）浙杭证字第0088号", True), ("text", "浙（2026）杭州市不动产权第0100001号", True),
    ("text", "三等功一次", True), ("text", "饿了么", True), ("certificate_number", "330106199307120316", False),
    ("text", "013800012345", False),
])
def test_what_papers_say_is_taken_as_it_is(kind: str, words: str, sure: bool, talk: Talk) -> None:
    assert said(_asked(kind), _heard(words, Context("field", field_type=kind)), talk.held()) == (words, sure)
