"""What leaves open which one-thing is meant is asked about, and what says more than that is not."""

from __future__ import annotations

import pytest

from intents.catalogue import Catalogue
from intents.understand import Understander
from intents.understanding import Scored
from intents.vague import known_codes, may_be, shared


def test_the_table_names_only_what_there_is() -> None:
    assert known_codes() <= set(Catalogue.load().entries)


@pytest.mark.parametrize(("text", "codes"), [
    ("孩子的证件", ("newborn_birth", "social_security_card")),
    ("公司搬了", ("enterprise_info_change", "enterprise_relocation")),
    ("房本丢了", ("real_estate_registration",)),
    ("孩子要上一年级了", ()),
    ("", ()),
])
def test_what_all_words_have_in_common_is_meant(text: str, codes: tuple[str, ...]) -> None:
    assert set(may_be(text)) == set(codes)


def test_none_of_what_is_in_common_is_sure_and_nothing_is_surer() -> None:
    found = shared((Scored("a", 0.95), Scored("b", 0.4), Scored("c", 0.0)), ("b", "c"))
    assert [one.code for one in found] == ["b", "c", "a"]
    assert found[0].score < 0.6
    assert found[2].score < found[1].score


@pytest.mark.parametrize("text", ["我要办证", "补贴怎么领", "公司的事", "租了个门面要办什么", "户口怎么办"])
async def test_who_leaves_it_open_is_offered_several(understander: Understander, text: str) -> None:
    heard = await understander.hear(text)
    assert heard.band == "choose"
    assert {one.code for one in heard.ranking[:len(heard.open_to)]} == set(heard.open_to)
    assert len([one for one in heard.ranking if one.score > 0.02]) > 1


@pytest.mark.parametrize("text", ["我的社保卡丢了要补办", "孩子刚出生要上户口", "公司注销怎么办"])
async def test_what_is_clear_is_begun(understander: Understander, text: str) -> None:
    assert (await understander.hear(text)).band == "act"
