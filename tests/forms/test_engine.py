"""The engine from the first question to the last, on content of our own."""

from __future__ import annotations

import pytest

from core.errors import InvalidAnswer
from forms.draft import Draft
from forms.engine import Engine
from tests.forms.birth import FATHER_ID, MOTHER, OTHER_MOTHER_ID, TWINS, keys, looked_up
from tests.forms.birth import engine as small_engine


@pytest.fixture(scope="module")
def engine() -> Engine:
    return small_engine()


@pytest.fixture
def draft(engine: Engine) -> Draft:
    return engine.start("birth", "330106", MOTHER)


@pytest.fixture
def known(engine: Engine, draft: Draft) -> Draft:
    """After the look-ups: married, one child."""
    return looked_up(engine, draft)


def test_the_login_fills_the_subject_whose_rule_holds(engine, draft):
    assert draft.values["mother.name"].value == "李晓兰"
    assert draft.values["mother.name"].origin == "login"
    assert "father.name" not in draft.values


def test_nothing_is_altered_in_place(engine, draft):
    before = draft.model_dump_json()
    engine.answer_situation(draft, "married", "yes")
    engine.put(draft, "child[1].name", "李乐")
    looked_up(engine, draft)
    assert draft.model_dump_json() == before


def test_data_decides_what_it_can_and_the_rest_is_asked_in_order(engine, draft, known):
    assert keys(engine, draft)[:2] == ["married", "extras"]
    assert known.situations["married"].value == "yes"
    assert known.situations["married"].origin == "decided"
    assert keys(engine, known)[:2] == ["follow", "extras"]


def test_what_data_gave_is_not_asked(engine, known):
    draft = engine.answer_situation(known, "follow", "跟妈妈")
    draft = looked_up(engine, engine.answer_situation(draft, "extras", []))
    assert keys(engine, draft) == ["child[1].name", "mother.address"]
    assert draft.values["father.id_number"].source == "marriage"
    assert draft.values["child[1].birth_time"].value == "2026-03-05T15:00"


def test_a_situation_that_does_not_apply_has_no_answer(engine, draft):
    draft = engine.answer_situation(draft, "married", "yes")
    draft = engine.answer_situation(draft, "follow", "mother")
    assert "registration[1]" in [leg.code for leg in engine.legs(draft)]
    draft = engine.answer_situation(draft, "married", "没领证")
    assert "follow" not in draft.situations
    assert [leg.code for leg in engine.legs(draft)] == ["birth_paper"]
    assert engine.offline(draft).label == "没有"
    assert [f.rule for f in engine.blockers(draft)].count("offline") == 1


def test_a_default_is_not_asked_but_can_be_changed(engine, known):
    assert "speed" not in keys(engine, known)
    shown = {situation.code: answer for situation, answer in engine.situations(known)}
    assert shown["speed"].origin == "default"
    assert engine.answer_situation(known, "speed", "加急").situations["speed"].value == "fast"


def test_what_the_citizen_says_outweighs_what_data_decides(engine, known):
    draft = engine.answer_situation(known, "married", "unsure")
    assert draft.situations["married"].origin == "citizen"
    assert engine.put(draft, "child[1].name", "李乐").situations["married"].value == "unsure"


@pytest.mark.parametrize(("code", "value"), [("married", "随便"), ("nothing", "yes"), ("extras", ["gold"])])
def test_answers_that_are_no_options_are_refused(engine, draft, code, value):
    with pytest.raises(InvalidAnswer) as problem:
        engine.answer_situation(draft, code, value)
    assert problem.value.path == f"situation:{code}"


def test_twins_are_two_children_in_one_case(engine, draft):
    draft = looked_up(engine, draft, {"delivery_record": TWINS})
    draft = engine.answer_situation(engine.answer_situation(draft, "follow", "mother"), "extras", ["社保卡"])
    assert draft.counts == {"child": 2}
    assert draft.values["child[2].weight"].value == 2400
    assert [leg.code for leg in engine.legs(draft)] == [
        "birth_paper", "registration[1]", "registration[2]", "card[1]", "card[2]"
    ]
    asked = [q for q in engine.questions(draft) if q.kind == "field"]
    assert [q.key for q in asked] == [
        "child[1].name", "child[2].name", "mother.address"
    ]
    assert asked[1].ask.startswith("孩子2")


def test_a_count_the_citizen_sets_stays_and_has_limits(engine, draft):
    draft = engine.put(draft, "child.count", "两个")
    draft = looked_up(engine, draft)
    assert draft.counts == {"child": 2}
    with pytest.raises(InvalidAnswer, match="count"):
        engine.set_count(draft, "child", 9)
    with pytest.raises(InvalidAnswer):
        engine.set_count(draft, "mother", 2)


def test_a_smaller_count_clears_the_others(engine, draft):
    draft = engine.put(engine.set_count(draft, "child", 2), "child[2].name", "李安")
    assert "child[2].name" not in engine.set_count(draft, "child", 1).values


def test_when_the_source_that_counts_is_down_the_number_is_asked(engine, draft):
    draft = looked_up(engine, draft, down=("delivery_record",))
    question = next(q for q in engine.questions(draft) if q.key == "child.count")
    assert question.type == "number"
    assert "child.count" not in keys(engine, engine.put(draft, "child.count", 2))


def test_a_changed_key_drops_what_hung_on_it(engine, known):
    assert known.values["father.id_number"].value == FATHER_ID
    draft = engine.contest(engine.put(known, "child[1].name", "李乐"), "father.id_number", OTHER_MOTHER_ID, "换了")
    assert draft.values["father.id_number"].did == "contested"
    other = known.model_copy(update={"login": MOTHER.model_copy(update={"id_number": OTHER_MOTHER_ID})})
    values = {path: value for path, value in other.values.items() if path != "mother.id_number"}
    other = engine.put(other.model_copy(update={"values": values}), "child[1].name", "李乐")
    assert other.values["mother.id_number"].value == OTHER_MOTHER_ID
    assert "father.id_number" not in other.values
    assert "child[1].weight" not in other.values
    assert other.values["child[1].name"].value == "李乐"
    assert "marriage" not in other.facts
    assert "married" not in other.situations


def test_changing_a_situation_clears_only_what_nobody_else_needs(engine, known):
    draft = engine.answer_situation(known, "extras", ["refund"])
    draft = engine.put(draft, "mother.card", "6222 0212 3456 7890 128")
    draft = engine.put(draft, "child[1].name", "李乐")
    draft = engine.answer_situation(draft, "extras", [])
    assert "mother.card" not in draft.values
    assert not any(key.startswith("bill") for key in draft.materials)
    assert draft.values["child[1].name"].value == "李乐"


def test_optional_fields_are_not_asked_and_can_be_passed_over(engine, known):
    draft = engine.answer_situation(known, "follow", "mother")
    assert "child[1].hobby" not in keys(engine, draft)
    assert "child[1].hobby" in [q.key for q in engine.questions(draft, optional=True)]
    draft = engine.skip(draft, "child[1].hobby")
    assert "child[1].hobby" not in [q.key for q in engine.questions(draft, optional=True)]
    assert engine.put(draft, "child[1].hobby", "").skipped == ["child[1].hobby"]
    assert engine.put(draft, "child[1].hobby", "唱歌").skipped == []
    with pytest.raises(InvalidAnswer, match="not_optional"):
        engine.skip(draft, "child[1].name")


@pytest.mark.parametrize("path", ["child[3].name", "child.name", "nobody.name", "child[1].", "mother.card", "__a__"])
def test_a_path_that_is_not_part_of_the_form_is_refused(engine, draft, path):
    draft = engine.answer_situation(draft, "extras", [])
    with pytest.raises(InvalidAnswer, match="not_in_form"):
        engine.put(draft, path, "李乐")


def test_consent_names_sources_items_and_people(engine, draft):
    consent = engine.consent(draft)
    assert {"marriage", "delivery_record", "household", "licence"} <= {code for code, _ in consent.sources}
    assert consent.items == ("出生证", "户口登记", "社保卡", "费用报销")
    assert "妈妈" in consent.subjects
    assert "出生证、户口登记" in consent.text


def test_any_question_can_be_asked_for_by_its_key(engine, known):
    assert engine.question(known, "child[1].name").ask == "孩子叫什么名字？"
    assert engine.question(known, "married").kind == "situation"
    assert engine.question(known, "id_card:mother").kind == "material"
    assert engine.question(known, "nothing") is None
