"""Pre-review: what blocks, what warns, what a person looks at, and what says nothing yet."""

from __future__ import annotations

import pytest

from forms.draft import Draft
from forms.engine import Engine
from tests.forms.birth import MOTHER, TWINS, looked_up
from tests.forms.birth import engine as small_engine


@pytest.fixture(scope="module")
def engine() -> Engine:
    return small_engine()


@pytest.fixture
def draft(engine: Engine) -> Draft:
    return engine.start("birth", "330106", MOTHER)


def found(engine, draft):
    return {(finding.rule, finding.level, finding.about) for finding in engine.review(draft)}


def test_all_well(engine, draft):
    assert found(engine, looked_up(engine, draft)) == set()


def test_what_the_citizen_has_not_said_is_no_finding(engine, draft):
    assert not any(rule in ("surname", "future", "orders") for rule, _, _ in found(engine, draft))


def test_a_rule_that_fails_is_anchored_to_its_field(engine, draft):
    draft = engine.put(looked_up(engine, draft), "child[1].name", "王乐")
    assert ("surname", "block", "child[1].name") in found(engine, draft)
    assert ("surname", "block", "child[1].name") not in found(engine, engine.put(draft, "child[1].name", "陈乐"))


def test_rules_run_for_each_of_a_repeated_subject(engine, draft):
    draft = looked_up(engine, draft, {"delivery_record": TWINS})
    draft = engine.put(engine.put(draft, "child[1].name", "李乐"), "child[2].name", "王乐")
    assert ("surname", "block", "child[2].name") in found(engine, draft)
    assert ("surname", "block", "child[1].name") not in found(engine, draft)


def test_a_check_of_all_of_them_runs_once(engine, draft):
    same = [TWINS[0], TWINS[1] | {"order": 1}]
    findings = [f for f in engine.review(looked_up(engine, draft, {"delivery_record": same})) if f.rule == "orders"]
    assert [f.about for f in findings] == ["child[2].order"]


def test_nothing_found_blocks_but_a_source_down_goes_to_a_person(engine, draft):
    draft = engine.answer_situation(draft, "married", "yes")
    nothing = looked_up(engine, draft, {"marriage": []})
    assert ("spouse", "block", "situation:married") in found(engine, nothing)
    down = looked_up(engine, draft, down=("marriage",))
    assert ("spouse", "manual", "situation:married") in found(engine, down)
    says = next(f.says for f in engine.review(down) if f.rule == "spouse")
    assert "没有查到" not in says


def test_data_that_is_never_asked_for_in_this_case_says_nothing(engine, draft):
    draft = engine.answer_situation(looked_up(engine, draft), "follow", "mother")
    assert not any(rule == "collective" for rule, _, _ in found(engine, draft))


@pytest.mark.parametrize(("records", "down", "level"), [
    ({}, (), None), ({"marriage": []}, (), "block"), ({}, ("marriage",), "manual"),
])
def test_of_two_ways_to_show_it_the_one_that_is_asked_for_decides(engine, draft, records, down, level):
    draft = engine.answer_situation(draft, "married", "yes")
    draft = engine.answer_situation(looked_up(engine, draft, records, down), "follow", "mother")
    assert [level_ for rule, level_, _ in found(engine, draft) if rule == "either"] == ([level] if level else [])


def test_a_gate_holds_one_item_and_only_when_it_applies(engine, draft):
    draft = looked_up(engine, draft, {"delivery_record": TWINS})
    assert not any(rule == "card_held" for rule, _, _ in found(engine, draft))
    draft = engine.answer_situation(engine.answer_situation(draft, "follow", "mother"), "extras", ["card"])
    gates = [finding for finding in engine.review(draft) if finding.rule == "card_held"]
    assert [(f.level, f.gates, f.about) for f in gates] == [("gate", "card", "child[2].weight")]


def test_parameters_of_the_region_count(engine, draft):
    late = {"delivery_record": [TWINS[0] | {"birth_time": "2025-10-01 08:00:00"}]}
    assert ("old", "warn", "child[1].birth_time") in found(engine, looked_up(engine, draft, late))
    elsewhere = engine.start("birth", "340100", MOTHER)
    assert not any(rule == "old" for rule, _, _ in found(engine, looked_up(engine, elsewhere, late)))


def test_a_card_that_fails_the_luhn_check_only_warns(engine, draft):
    draft = engine.answer_situation(looked_up(engine, draft), "extras", ["refund"])
    assert not any(r == "luhn" for r, _, _ in found(engine, engine.put(draft, "mother.card", "6222021234567890128")))
    assert ("luhn", "warn", "mother.card") in found(engine, engine.put(draft, "mother.card", "6222021234567890129"))


def test_an_old_version_blocks(engine, draft):
    old = looked_up(engine, draft).model_copy(update={"version": "old"})
    assert ("version", "block", "version") in found(engine, old)


def test_blockers_name_everything_still_missing(engine, draft):
    draft = looked_up(engine, draft)
    abouts = {finding.about for finding in engine.blockers(draft)}
    assert {"situation:follow", "situation:extras", "child[1].name"} <= abouts
    assert {finding.level for finding in engine.blockers(draft)} == {"block"}
    draft = engine.answer_situation(engine.answer_situation(draft, "follow", "later"), "extras", ["refund"])
    draft = engine.put(engine.put(draft, "child[1].name", "李乐"), "mother.card", "6222021234567890128")
    assert [finding.about for finding in engine.blockers(draft)] == ["material:bill:mother"]
