"""Whoever is in danger is heard before anything else; danger that is over and told as a ground is none."""

from __future__ import annotations

import pytest

from intents.distress import KINDS, distress
from intents.understand import Understander
from intents.understanding import Context
from nlu.normalise import normalise
from nlu.training_data import load_examples
from tests.intents.test_masking import UTTERANCES

DANGER = {
    "despair": (
        "想自杀", "不想活了", "我想死", "活着没意思", "老公要跳楼", "不给办我就跳楼", "我唔想活喇", "xiang zisha",
        "活不下去了",
    ),
    "fire": ("家里着火了", "着火了怎么办", "家裡著火了", "隔壁着火啦"),
    "gas": ("煤气漏了", "家里煤气泄漏", "闻到煤气味"),
    "violence": ("家暴", "有人打我老婆", "老公打我", "我被老公打了", "有人要杀我", "被打了"),
    "ill": ("我妈晕倒了", "我爸没呼吸了", "喝农药了", "孩子掉河里了", "我吃了一瓶安眠药"),
    "help": ("救命", "救命啊！", "快来人救命", "救救孩子"),
}
NONE = (
    "我爸自杀去世，要办什么", "煤气怎么开户", "我没想自杀", "我不想死", "想死你了", "气死了", "死亡证明怎么开",
    "家里着火房产证烧了怎么补",
    "去年家里着火了能申请救助吗", "煤气灶打不着火", "打我电话", "他打我电话了", "我被打伤了医药费怎么报销",
    "幼儿园老师打人", "救命钱怎么报销",
    "生活不下去了想申请低保", "跳楼价", "我爸昏迷不醒，社保卡怎么代办", "燃气报警器怎么装", "想不开店了",
    "公司活不下去了想关门", "我爸死了", "",
    "前天房子着火了没地方住，谁能帮帮我", "家里着火了急用钱", "家里着火了，消防来过",
)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in DANGER.items() for text in texts])
def test_danger_is_heard(kind: str, text: str) -> None:
    assert distress(normalise(text)) == kind


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_danger_is_left_alone(text: str) -> None:
    assert distress(normalise(text)) is None


def test_no_request_that_was_taught_is_taken_for_danger() -> None:
    said = [text for text, intent in load_examples([UTTERANCES]).pairs() if not intent.startswith("out_of_scope")]
    assert [text for text in said if distress(normalise(text))] == []


def test_every_kind_is_tried() -> None:
    assert set(DANGER) == set(KINDS)


async def test_a_cause_of_death_is_an_answer_where_it_is_asked_for(understander: Understander) -> None:
    asked = Context("situation", ("疾病", "自杀"))
    assert (await understander.hear("自杀", asked)).distress is None
    assert (await understander.hear("自杀")).distress == "despair"
    assert (await understander.hear("我想自杀", asked)).distress == "despair"


async def test_whoever_is_in_danger_is_offered_no_matter(understander: Understander) -> None:
    heard = await understander.hear("不想活了")
    assert (heard.ranking, heard.matters, heard.acts, heard.band) == ((), (), (), "unknown")
