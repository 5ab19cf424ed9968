"""A condition of many parts is a list of short lines, the same for the page, for JSON and for the talk."""

from __future__ import annotations

import pytest

from bot.render.guide import fact
from forms.bank import PACKAGED, Bank
from forms.engine import Engine
from forms.guides.making import guide
from forms.guides.pages import sections
from forms.guides.phrases import Phrase, alternatives, group
from tests.forms.test_guide import REGION, TOLD

A, B, C = Phrase("宝宝的户口跟妈妈"), Phrase("妈妈的户口不在本市"), Phrase("爸爸的户口在本市而且住在一起")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Bank.load([PACKAGED]))


def test_what_is_short_stays_one_sentence() -> None:
    assert group("all", [A, Phrase("是头胎")]).laid_out == "宝宝的户口跟妈妈，并且是头胎"
    assert A.laid_out == A.text
    assert Phrase().laid_out == ""


def test_what_is_long_is_a_list_with_what_must_hold_on_top() -> None:
    assert group("all", [A, B, C]).laid_out.splitlines() == [
        "下面几样都符合时：", f"· {A.text}", f"· {B.text}", f"· {C.text}"]


def test_what_a_part_consists_of_stands_below_it() -> None:
    assert group("any", [A, group("all", [B, C, Phrase("孩子没有上过户口")])]).laid_out.splitlines() == [
        "下面有一样就算：", f"· {A.text}", "· 下面几样都符合：", f"　– {B.text}", f"　– {C.text}",
        "　– 孩子没有上过户口"]


def test_the_same_is_said_once_and_like_joins_like() -> None:
    assert group("all", [group("all", [A, B]), B, Phrase()]) == Phrase(kind="all", parts=(A, B))
    assert group("any", [A, A]) == A


def test_several_cases_stand_apart_once_they_are_long() -> None:
    assert alternatives([Phrase("没参保"), Phrase("断保了")]) == "没参保；断保了"
    assert alternatives([group("all", [A, B, C]), A]).endswith(f"\n或者：{A.text}")


@pytest.mark.parametrize("code", sorted(Bank.load([PACKAGED]).definitions))
def test_no_condition_of_a_guide_is_told_in_one_breath(engine: Engine, code: str) -> None:
    made = guide(engine, code, REGION, TOLD)
    whens = [*(one.when for one in made.items), *(when for one in made.materials for when in one.when),
             *(one.when for one in made.confirmations)]
    for line in (line for when in whens for line in when.splitlines()):
        assert line.count("，并且") <= 1 or len(line) <= 60, line
    told = "\n".join(fact(row)[1] for part in sections(made) for row in part.rows)
    assert all(one.when in told for one in made.items)
