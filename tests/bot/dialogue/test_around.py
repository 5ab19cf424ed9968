"""A day, a number or a sum inside a message: taken, shown back for a nod, or not what was asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.dialogue.answering import answer
from bot.dialogue.desk import Desk
from bot.dialogue.drafting import Filling
from bot.dialogue.heard import Heard
from bot.dialogue.outcome import SaveDraft
from bot.dialogue.stages import Nodding
from bot.dialogue.state import State
from bot.wording.wording import wording
from core.clock import in_china, now
from forms.draft import Login
from forms.engine import Engine
from intents.catalogue import Catalogue
from intents.understanding import Entity, Understanding
from nlu.entities import find_entities

TODAY = in_china(now()).date()
SALE, BIRTH = "second_hand_housing", "newborn_birth"
PRICE, AREA, SIGNED, BORN = "contract.price", "house.area", "contract.signed_on", "baby[1].birth_time"
TAKEN, NOD, NOTHING = "taken", "nod", "nothing"


@pytest.fixture(scope="module")
def desks(engine: Engine) -> dict[str, Desk]:
    entries = Catalogue.load().entries
    login = Login(name="陈一民", id_number="330106199307120316", phone="13800000101")
    start = {code: engine.start(entries[code].form or "", "330106", login) for code in (SALE, BIRTH)}
    return {code: Desk(say=wording(), matters=entries, engine=engine, signed_in=True).holding(draft)
            for code, draft in start.items()}


def said(desks: dict[str, Desk], path: str, text: str) -> tuple[str, object]:
    """What becomes of the words, and the value they are taken for."""
    one_thing = BIRTH if path == BORN else SALE
    found = tuple(Entity(one.kind, one.value, one.text, one.start, one.end) for one in find_entities(text))
    state = State(stage=Filling(draft="d1", one_thing=one_thing, what="field", key=path))
    after = answer(state, Heard(text=text, read=Understanding(text=text, entities=found)), desks[one_thing])
    for effect in after.effects:
        if isinstance(effect, SaveDraft) and path in effect.draft.values:
            return TAKEN, effect.draft.values[path].value
    stage = after.state.stage
    if isinstance(stage, Nodding):
        return NOD, next((one.raw for one in stage.proposals if one.key == path), None)
    return NOTHING, None


@pytest.mark.parametrize(("path", "text", "value"), [
    (PRICE, "成交价120万", 1_200_000), (PRICE, "1百20万", 1_200_000), (PRICE, "壹佰贰拾万元整", 1_200_000),
    (PRICE, "一百二十万零五千吧", 1_205_000), (PRICE, "120万5", 1_205_000), (PRICE, "120w", 1_200_000),
    (AREA, "120平", 120), (AREA, "建筑面积是120平米", 120),
    (SIGNED, "昨天签的", (TODAY - timedelta(days=1)).isoformat()), (SIGNED, "2025.3.5", "2025-03-05"),
    (SIGNED, "就是2025年3月5号", "2025-03-05"), (BORN, "生下来是8点20，2025年3月5号", "2025-03-05T08:20"),
    (BORN, "2025年3月5号早上八点二十五生的", "2025-03-05T08:25"),
])
def test_a_value_that_is_all_there_is_is_taken(desks: dict[str, Desk], path: str, text: str, value: object) -> None:
    assert said(desks, path, text) == (TAKEN, value)


@pytest.mark.parametrize(("path", "text", "raw"), [
    (PRICE, "卖给他120万", "120万"), (PRICE, "大概120万", "120万"), (PRICE, "120万左右", "120万"),
    (PRICE, "一百二十万，首付三十万", "一百二十万"), (PRICE, "总价120万贷款80万", "120万"),
    (AREA, "差不多120平", "120平"), (SIGNED, "跟他2025年3月5号去的", "2025年3月5号"),
    (SIGNED, "好像2025年3月5号", "2025年3月5号"), (BORN, "昨天早上8点20生的，还没取名", "昨天早上8点20"),
    (PRICE, "120万，还没付完", "120万"),
])
def test_a_value_among_other_words_is_shown_back(desks: dict[str, Desk], path: str, text: str, raw: str) -> None:
    assert said(desks, path, text) == (NOD, raw)


@pytest.mark.parametrize(("path", "text"), [
    *((PRICE, text) for text in (
        "首付30万", "五千到八千", "3~5万", "两三百万", "一百多万", "100万出头", "不到100万", "一平两万三", "两万三一平",
        "每平两万三", "没谈好他要120万", "过两天再说", "我们三个人买的", "2023年签的",
    )),
    *((AREA, text) for text in ("住了三十年", "过两天再说", "哪一天", "三室一厅", "12间", "80到90平")),
    *((SIGNED, text) for text in (
        "我今天再看看", "今天没空", "刚才说过了", "我想改刚才的", "不早了明天吧", "昨天我上班去了", "3到5号",
        "不是3月5号", "去年国庆", "腊月二十三签的", "2024年底", "半个月前", "3月5号签的没有",
    )),
    *((BORN, text) for text in ("昨天八点多", "昨晚十二点半", "昨天8点我填过的", "我昨天填过了", "昨天8点到9点")),
])
def test_what_only_holds_a_value_fills_nothing(desks: dict[str, Desk], path: str, text: str) -> None:
    assert said(desks, path, text) == (NOTHING, None)


def test_the_days_said_are_days_of_the_calendar_of_today(desks: dict[str, Desk]) -> None:
    """「周三」 of what is past is no day to come."""
    for name in "一二三四五六日":
        kind, value = said(desks, SIGNED, f"周{name}")
        assert kind == TAKEN
        assert TODAY - timedelta(days=6) <= date.fromisoformat(str(value)) <= TODAY
