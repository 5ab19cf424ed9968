"""Questions of one-things: answered when they are near enough, offered when they are only near."""

from __future__ import annotations

import pytest

from intents.catalogue import Catalogue
from intents.faq import AT_LEAST, NEAR, FaqIndex, Hits


@pytest.fixture(scope="module")
def index() -> FaqIndex:
    return FaqIndex(Catalogue.load())


@pytest.mark.parametrize(("code", "asked", "q"), [
    ("elderly_welfare_subsidy", "刷脸没通过，钱停了", "每年要刷脸认证吗？"),
    ("elderly_welfare_subsidy", "爷爷去世，补贴要我去停吗", "老人过世了，补贴怎么停？"),
    ("living_difficulty_assistance", "有套老房子还能申请吗", "有房有车就不行吗？"),
    ("living_difficulty_assistance", "打工挣了两千低保还给吗", "收入多一点点，低保会马上停吗？"),
    ("disability_services", "评残结果出来以后证多久到手", "要多久能拿到证？"),
    ("disability_services", "我在广东打工，残疾证非要回老家吗", "在外地打工能办残疾证吗？"),
])
def test_what_is_only_near_is_found_for_the_one_thing_at_hand(
    index: FaqIndex, code: str, asked: str, q: str
) -> None:
    near = [hit for hit in index.search(asked, code) if hit.one_thing == code]
    assert near[0].q == q
    assert near[0].score >= NEAR
    assert all(hit.score >= AT_LEAST for hit in index.search(asked, None))
    assert all(hit.score >= AT_LEAST for hit in index.search(asked, "open_restaurant") if hit.one_thing == code)


def test_the_best_come_first_and_each_once(index: FaqIndex) -> None:
    hits = index.search("低保要多久批下来", "living_difficulty_assistance")
    assert hits[0].score > 0.9
    assert len({(hit.one_thing, hit.q) for hit in hits}) == len(hits) <= 6


@pytest.mark.parametrize("asked", ["今天天气怎么样", "你是机器人吗", "这个软件是谁做的"])
def test_what_has_nothing_to_do_with_it_is_near_to_nothing(index: FaqIndex, asked: str) -> None:
    assert index.search(asked, "disability_services") == ()


def test_answers_are_looked_for_when_somebody_wants_to_know(
    index: FaqIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(index, "search", lambda *what: asked.append(what) or ("hit",))
    hits = Hits(index, "低保要多久批下来", None)
    assert not asked
    assert (bool(hits), hits[0], len(hits), list(hits)) == (True, "hit", 1, ["hit"])
    assert asked == [("低保要多久批下来", None)]
