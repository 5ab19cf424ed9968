"""One form out of many: union of needs, results that flow, legs that wait."""

from __future__ import annotations

import pytest

from forms.bank import Bank
from forms.draft import Draft
from forms.engine import Engine
from forms.merging.legs import order
from tests.forms.a_tree import good, written
from tests.forms.birth import MOTHER, TWINS, looked_up
from tests.forms.birth import engine as small_engine


@pytest.fixture(scope="module")
def engine() -> Engine:
    return small_engine()


@pytest.fixture(scope="module")
def full(engine: Engine) -> Draft:
    """Twins, registered with the mother, with cards and a refund."""
    draft = looked_up(engine, engine.start("birth", "330106", MOTHER), {"delivery_record": TWINS})
    draft = engine.answer_situation(draft, "follow", "mother")
    return looked_up(engine, engine.answer_situation(draft, "extras", ["card", "refund"]), {"delivery_record": TWINS})


def test_each_field_stands_once_with_all_who_ask(engine, full):
    fields = {field.path: field for field in engine.merged(full).fields()}
    assert fields["mother.id_number"].asked_by == ("birth_paper", "registration", "refund")
    assert fields["child[2].name"].asked_by == ("birth_paper", "registration", "card")
    assert len(fields) == len(engine.merged(full).fields())


def test_each_leg_has_only_its_own_needs(engine, full):
    legs = {leg.code: leg for leg in engine.legs(full)}
    assert legs["card[1]"].needs == ("child[1].name",)
    assert set(legs["refund"].needs) == {"mother.name", "mother.id_number", "mother.card"}
    assert "child[2].name" not in legs["registration[1]"].needs
    assert "child[2].name" in legs["birth_paper"].needs


def test_results_flow_instead_of_being_asked(engine, full):
    legs = {leg.code: leg for leg in engine.legs(full)}
    assert legs["card[2]"].from_results == {"child[2].id_number": "registration[2]"}
    assert legs["card[2]"].waits_for == ("registration[2]",)
    assert legs["registration[1]"].from_results == {"child[1].number": "birth_paper"}
    assert legs["registration[2]"].gives == {"公民身份号码": "child[2].id_number"}
    paths = {field.path for field in engine.merged(full).fields()}
    assert not paths & {"child[1].id_number", "child[2].number"}


def test_a_paper_that_an_earlier_leg_issues_is_not_demanded(engine, full):
    keys = {slot.key for slot in engine.merged(full).slots}
    assert keys == {"id_card:mother", "marriage_paper:mother", "bill:mother"}


def test_without_the_giver_the_field_is_asked(engine):
    draft = engine.start("birth", "330106", MOTHER)
    draft = engine.answer_situation(draft, "extras", ["card"])
    assert "card" in engine.merged(draft).undecided
    assert not [leg for leg in engine.legs(draft) if leg.item.code == "card"]


def test_legs_come_after_those_they_wait_for(engine, full):
    codes = [leg.code for leg in order(list(reversed(engine.legs(full))))]
    assert codes.index("birth_paper") < codes.index("registration[1]") < codes.index("card[1]")


def test_a_need_whose_condition_is_unknown_is_neither_required_nor_gone(engine):
    draft = engine.start("birth", "330106", MOTHER)
    fields = {field.path: field for field in engine.merged(draft).fields()}
    assert fields["father.name"].required is None
    assert fields["child[1].name"].required is True
    married = engine.answer_situation(draft, "married", "yes")
    assert {f.path: f for f in engine.merged(married).fields()}["father.name"].required is True
    alone = engine.answer_situation(draft, "married", "no")
    assert "father.name" not in {f.path for f in engine.merged(alone).fields()}


def test_the_same_item_bound_twice_takes_the_roles_that_apply(engine, full):
    paths = {field.path for field in engine.merged(engine.answer_situation(full, "follow", "father")).fields()}
    assert "father.address" in paths
    assert "mother.address" not in paths


def test_sections_follow_the_subjects_and_notes_order_the_fields(engine, full):
    sections = engine.merged(full).sections
    assert [section.title for section in sections] == ["孩子1", "孩子2", "妈妈", "爸爸"]
    assert [field.element.code for field in sections[0].fields][:2] == ["name", "nation"]
    assert [option.value for option in sections[0].fields[1].options] == ["01"]


def test_numbers_are_counted_from_the_form(engine, full):
    numbers = engine.numbers(full)
    legs = engine.legs(full)
    assert numbers.items == 4
    assert numbers.departments == 4
    assert numbers.forms_before == 3
    assert numbers.fields_before == sum(len(leg.needs) + len(leg.from_results) for leg in legs)
    assert numbers.fields_after == len(engine.merged(full).fields())
    assert numbers.materials_after == 3
    assert numbers.without_upload == 2
    assert numbers.visits == 1
    assert numbers.promised_days == max(2 + 3 + 10, 20)
    assert numbers.prefilled + numbers.asked <= numbers.fields_after


def test_forms_that_agree_in_all_that_decides_are_shared(engine, full):
    named = engine.put(full, "child[1].name", "李乐")
    assert engine.merged(named) is engine.merged(full)
    assert engine.merged(engine.answer_situation(full, "extras", [])) is not engine.merged(full)


def test_what_a_result_does_not_bring_is_asked_for(tmp_path):
    content = good()
    content["items/first.yaml"]["results"] = ["证"]
    engine = Engine(Bank.load([written(tmp_path, content)]))
    draft = engine.answer_situation(engine.start("thing", "330106", MOTHER), "want", "both")
    second = next(leg for leg in engine.legs(draft) if leg.code == "second")
    assert second.waits_for == ("first",)
    assert "me.card" in second.needs
    assert second.from_results == {}
    assert "me.card" in [question.key for question in engine.questions(draft)]
