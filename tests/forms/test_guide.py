"""A guide says what the content that runs the form says, for every situation or for the answers of one draft."""

from __future__ import annotations

import pytest

from core.errors import NotFound
from forms.bank import PACKAGED, Bank
from forms.content import worded
from forms.content.condition_schema import Condition
from forms.content.item_schema import MaterialNeed
from forms.content.mentions import renamed_all
from forms.content.schema import BoundItem
from forms.engine import Engine
from forms.guides.deciding import decided
from forms.guides.making import guide
from forms.guides.pages import sections
from forms.guides.terms import Terms
from forms.guides.view import Answered, Guide, Introduction
from forms.logic.truth import FALSE

REGION = "330106"
TOLD = Introduction(official_title="“一件事”", audience="要办的人", text="1. 先登录。", lead_department="卫生健康",
                    fee="不收费", complain="打 12345。", faq=(Answered(q="能办吗？", a="能。"),), updated="2026-11-20")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Bank.load([PACKAGED]))


@pytest.fixture(scope="module")
def newborn(engine: Engine) -> Guide:
    return guide(engine, "newborn_birth", REGION, TOLD)


@pytest.mark.parametrize("code", sorted(Bank.load([PACKAGED]).definitions))
def test_every_one_thing_has_a_guide_that_names_all_it_bundles(engine: Engine, code: str) -> None:
    made = guide(engine, code, REGION, TOLD)
    definition, bank = engine.bank.definition(code), engine.bank
    assert {one.code for one in made.items} <= {bound.item for bound in definition.items}
    assert [one.code for one in made.situations] == [one.code for one in definition.situations]
    assert made.limit.longest <= made.limit.promised == definition.limit.promised
    for item in made.items:
        known = bank.items[item.code]
        assert (item.promised, item.legal) == (known.limit.promised, known.limit.legal)
        assert worded.says(known.fee, item.fee)
        assert not worded.PLACE.search(item.fee + item.note)
        assert set(known.basis) <= set(made.basis)
        demanded = {need.material for bound in definition.items if bound.item == item.code
                    for need in known.materials if need.of in bound.roles and may_be(engine, code, bound, need)}
        assert demanded <= {paper.code for paper in made.materials if item.title in paper.asked_by}
    assert {visit.item for visit in made.visits} == {item.title for item in map(bank.items.get, _codes(made))
                                                     if item and item.visits}


def may_be(engine: Engine, code: str, bound: BoundItem, need: MaterialNeed) -> bool:
    """Whether any answer that is offered here leads to a paper."""
    plan = engine.plan(code, REGION)
    decide = Terms(plan, engine.bank.parameters(REGION), REGION, {}).decide
    whens = (bound.materials_when.get(need.material), renamed_all(need.when, bound.roles),
             plan.definition.subjects[bound.roles[need.of]].when)
    return all(decided(when, decide) is not FALSE for when in whens)


def _codes(made: Guide) -> list[str]:
    return [item.code for item in made.items]


def test_an_answer_tells_which_items_hang_on_it(newborn: Guide) -> None:
    extras = next(one for one in newborn.situations if one.code == "extras")
    adds = {option.label: option.adds for option in extras.options}
    assert adds["社保卡"] == ("社会保障卡申领",)
    assert adds["都先不办"] == ()
    fee = next(one for one in newborn.situations if one.code == "maternity_fee")
    assert [option.label for option in fee.options if any("津贴" in title for title in option.adds)] == [
        "没报；妈妈是单位职工医保"]


def test_a_material_says_how_it_is_spared_and_when_it_is_asked_for(newborn: Guide) -> None:
    paper = next(one for one in newborn.materials if one.code == "marriage_certificate")
    assert [way.way for way in paper.ways] == ["verified", "upload"]
    assert "婚姻登记" in paper.ways[0].says
    assert any("已登记结婚" in said for said in paper.when)
    certificate = next(one for one in newborn.materials if one.code == "birth_certificate")
    assert certificate.made_by == ("《出生医学证明》办理（首次签发）",)


def test_the_chain_is_the_one_that_takes_longest(newborn: Guide) -> None:
    titles = {item.title: item.promised for item in newborn.items}
    assert sum(titles[title] for title in newborn.limit.chain) == newborn.limit.longest > 0


def test_what_a_region_rules_out_is_not_in_its_guide(engine: Engine) -> None:
    bank = Bank.load([PACKAGED])
    region = bank.regions[""].model_copy(update={"values": {**bank.regions[""].values,
                                                            "childcare_subsidy_linked": False}})
    bank.regions = {"": region}
    made = guide(Engine(bank), "newborn_birth", "110101", TOLD)
    assert "childcare_subsidy" not in _codes(made)
    assert "childcare_subsidy" in _codes(guide(engine, "newborn_birth", REGION, TOLD))


def test_the_guide_of_a_draft_speaks_of_its_answers_only(engine: Engine) -> None:
    draft = engine.start("newborn_birth", REGION, None)
    for code, value in (("marital", "married"), ("has_birth_cert", "yes"), ("hukou_follow", "mother"),
                        ("extras", ["medical"]), ("maternity_fee", "settled")):
        draft = engine.answer_situation(draft, code, value)
    made = guide(engine, "newborn_birth", "110101", TOLD, draft)
    assert made.scope == "draft"
    assert made.region == REGION
    assert set(_codes(made)) == {leg.item.code for leg in engine.legs(draft)} | set(engine.merged(draft).undecided)
    assert "birth_certificate" not in _codes(made)
    assert made.limit.longest == engine.numbers(draft).promised_days
    hukou = next(one for one in made.situations if one.code == "hukou_follow")
    assert [(option.label, option.chosen) for option in hukou.options] == [("跟妈妈", True)]
    slots = {slot.material.code for slot in engine.merged(draft).slots}
    assert slots <= {paper.code for paper in made.materials}


def test_the_version_changes_with_the_content_and_only_then(engine: Engine, newborn: Guide) -> None:
    again = guide(engine, "newborn_birth", REGION, TOLD)
    other = guide(engine, "newborn_birth", REGION, TOLD.model_copy(update={"fee": "十元"}))
    assert again.version == newborn.version != other.version
    assert len(newborn.version) == 12


def test_every_text_of_a_guide_stands_in_its_sections(newborn: Guide) -> None:
    said = "\n".join(str(part) for section in sections(newborn) for part in _texts(section.model_dump()))
    texts = [text for text in _texts(newborn.model_dump(exclude={"title": True})) if isinstance(text, str)]
    unsaid = [text for text in texts if _is_chinese(text)
              and not all(line in said for line in text.splitlines())]
    assert unsaid == []


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def _texts(node: object) -> list[object]:
    if isinstance(node, dict):
        return [part for value in node.values() for part in _texts(value)]
    if isinstance(node, list | tuple):
        return [part for value in node for part in _texts(value)]
    return [node]


@pytest.mark.parametrize(("written", "said"), [
    ({"situation": "hukou_follow", "in": ["mother", "father"]}, "“宝宝的户口跟谁”选“跟妈妈”或“跟爸爸”"),
    ({"all": [{"situation": "marital", "is": "married"}, {"parameter": "cross_city_hukou", "is": False}]},
     "“宝宝爸爸妈妈现在的婚姻状况是”选“已登记结婚”"),
    ({"parameter": "cross_city_hukou", "is": False}, ""),
    ({"age_of": "baby", "at_least": 7}, "宝宝的年龄不少于7周岁"),
    ({"fact": "delivery_record.found", "is": "no"}, "在“医院分娩登记”里查不到"),
    ({"field": "baby.surname_from", "is_not": "other"}, "“宝宝随谁姓”不是用其他姓"),
])
def test_conditions_in_words(engine: Engine, written: dict[str, object], said: str) -> None:
    plan = engine.plan("newborn_birth")
    terms = Terms(plan, engine.bank.parameters(REGION), REGION, engine.bank.titles)
    assert said in terms.say(Condition.model_validate(written))
    assert bool(terms.say(Condition.model_validate(written))) is bool(said)


def test_there_is_no_guide_of_what_there_is_not(engine: Engine) -> None:
    with pytest.raises(NotFound):
        guide(engine, "moon_landing", REGION, TOLD)


def test_a_guess_is_not_published_as_a_fact(engine: Engine) -> None:
    sure, guessed = (guide(engine, "social_security_card", region, TOLD) for region in (REGION, "620802"))
    assert engine.bank.unconfirmed("social_security_card", "620802")
    assert bool(sure.caution) is bool(engine.bank.unconfirmed("social_security_card", REGION))
    assert "以窗口答复为准" in guessed.caution
    assert guessed.caution in sections(guessed)[0].text
    items = guide(engine, "post_death", REGION, TOLD).items
    low = [one for one in items if engine.bank.items[one.code].confidence == "low"]
    assert low
    assert all("以窗口答复为准" in one.caution for one in low)


def test_what_is_not_the_case_is_said_as_people_say_it(engine: Engine) -> None:
    made = guide(engine, "open_restaurant", REGION, TOLD)
    whens = [when for paper in made.materials for when in paper.when]
    assert any("“店面是自己的还是租的”不是自己的" in when for when in whens)
    assert not any("不是这样" in when for when in whens)
    assert "partnership_agreement" not in {paper.code for paper in made.materials}
    assert not any(word.isascii() and word.islower() for when in whens for word in when.replace("_", "").split("或"))


def test_why_it_takes_so_long_stands_beside_the_limit(engine: Engine) -> None:
    made = guide(engine, "open_restaurant", REGION, TOLD)
    assert (made.limit.promised, made.limit.longest) == (14, 14)
    said = "".join(next(one for one in sections(made) if one.code == "limits").text)
    assert "一件接一件要 14 个工作日：营业执照设立登记 → 公众聚集场所营业前消防安全检查" in said


def test_the_places_of_a_guide_are_those_that_its_content_sends_to(engine: Engine) -> None:
    titles = {code: {one.title for one in guide(engine, code, REGION, TOLD).windows}
              for code in ("newborn_birth", "open_restaurant")}
    assert "派出所" in titles["newborn_birth"] - titles["open_restaurant"]
