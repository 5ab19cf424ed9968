"""What sources answer: provenance, outcomes, minimal attributes, never over what the citizen wrote."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import InvalidAnswer
from forms.draft import Draft, MaterialAnswer
from forms.engine import Engine
from forms.filling.lookups import fingerprint
from tests.forms.birth import FATHER_ID, MOTHER, RECORDS, answer, keys, looked_up
from tests.forms.birth import engine as small_engine


@pytest.fixture(scope="module")
def engine() -> Engine:
    return small_engine()


@pytest.fixture
def draft(engine: Engine) -> Draft:
    return engine.start("birth", "330106", MOTHER)


def planned(engine, draft, code):
    return next(lookup for lookup in engine.lookups(draft) if lookup.code == code)


def test_only_what_is_needed_is_asked_for(engine, draft):
    lookups = {lookup.code: lookup for lookup in engine.lookups(draft)}
    assert lookups["marriage"].attributes == ("spouse_id_number", "spouse_name", "status")
    assert lookups["delivery"].attributes == ("birth_time", "order", "weight")  # in_province is read by nobody
    assert lookups["population@mother"].attributes == ("name", "nation")
    assert lookups["licence.id_card@mother"].key == {"id_number": MOTHER.id_number, "type": "id_card"}
    assert "father_home" not in lookups


def test_a_lookup_waits_for_its_condition_and_its_key(engine, draft):
    known = looked_up(engine, draft)
    assert "father_home" not in known.facts
    followed = looked_up(engine, engine.answer_situation(known, "follow", "father"))
    assert followed.facts["father_home"].key == fingerprint({"id_number": FATHER_ID})
    assert followed.values["father.address"].value == "杭州市西湖区文三路1号"


def test_nothing_is_asked_twice_with_the_same_key(engine, draft):
    known = looked_up(engine, draft)
    assert engine.lookups(known) == ()
    assert engine.lookups(engine.answer_situation(known, "extras", [])) == ()


def test_each_value_keeps_where_it_came_from(engine, draft):
    value = looked_up(engine, draft).values["father.name"]
    assert (value.origin, value.source, value.lookup, value.did) == ("source", "marriage", "marriage", "kept")
    assert value.query_id == "q-marriage"
    text = engine.describe(looked_up(engine, draft), "father.name").text
    assert "2026年3月18日" in text
    assert "marriage" not in text


def test_attributes_that_were_not_asked_for_are_not_kept(engine, draft):
    records = {"marriage": [RECORDS["marriage"][0] | {"spouse_phone": "13800000002"}]}
    known = looked_up(engine, draft, records)
    assert "spouse_phone" not in known.facts["marriage"].records[0]


def test_what_the_citizen_wrote_stays_and_the_difference_is_marked(engine, draft):
    draft = engine.put(draft, "child[1].weight", "3300")
    known = looked_up(engine, draft)
    value = known.values["child[1].weight"]
    assert (value.value, value.fetched, value.did, value.origin) == (3300, 3200, "corrected", "citizen")
    assert [f.about for f in engine.review(known) if f.rule == "differs"] == ["child[1].weight"]
    same = looked_up(engine, engine.put(draft, "child[1].weight", "3200"))
    assert same.values["child[1].weight"].origin == "source"


def test_what_a_source_garbles_is_asked_of_the_citizen(engine, draft):
    garbled = {"marriage": [{"status": "married", "spouse_name": "??", "spouse_id_number": "123"}]}
    known = looked_up(engine, draft, garbled)
    assert "father.id_number" not in known.values
    assert {"father.name", "father.id_number"} <= set(keys(engine, known))


def test_locked_values_may_only_be_contested(engine, draft):
    known = looked_up(engine, draft)
    with pytest.raises(InvalidAnswer) as problem:
        engine.put(known, "father.name", "陈二民")
    assert (problem.value.reason, problem.value.details["contest"]) == ("locked", True)
    assert engine.put(known, "father.name", "陈一民").values["father.name"].did == "kept"
    contested = engine.contest(known, "father.name", "陈二民", "改过名")
    value = contested.values["father.name"]
    assert (value.value, value.fetched, value.did, value.origin, value.reason) == (
        "陈二民", "陈一民", "contested", "source", "改过名"
    )
    assert engine.put(contested, "father.name", "陈一民").values["father.name"].did == "kept"
    with pytest.raises(InvalidAnswer):
        engine.put(contested, "father.name", "陈三民")
    with pytest.raises(InvalidAnswer, match="not_contestable"):
        engine.contest(known, "child[1].name", "李乐", "")


def test_correctable_values_keep_what_was_fetched(engine, draft):
    known = looked_up(engine, engine.answer_situation(looked_up(engine, draft), "follow", "father"))
    corrected = engine.put(known, "father.address", "杭州市西湖区文三路2号")
    value = corrected.values["father.address"]
    assert (value.did, value.fetched, value.source) == ("corrected", "杭州市西湖区文三路1号", "household")
    assert "****" in engine.describe(corrected, "father.address").text
    back = engine.put(corrected, "father.address", "杭州市西湖区文三路1号").values["father.address"]
    assert (back.did, back.origin) == ("kept", "source")


def test_a_source_that_is_down_is_not_asked_again_until_told(engine, draft):
    known = looked_up(engine, draft, down=("marriage",))
    assert known.facts["marriage"].outcome == "source_down"
    assert engine.lookups(known) == ()
    assert [lookup.code for lookup in engine.lookups(engine.again(known))] == ["marriage"]


def test_more_attributes_bring_the_whole_answer_again(engine, draft):
    lookup = planned(engine, draft, "marriage")
    less = replace(lookup, attributes=("status",), gives={})
    known = engine.take(draft, less, answer(less, RECORDS))
    assert planned(engine, known, "marriage").attributes == lookup.attributes


def test_licences_and_shared_data_spare_papers(engine, draft):
    known = looked_up(engine, draft)
    assert known.materials["id_card:mother"].way == "licence"
    assert known.materials["id_card:mother"].reference == "L1"
    assert known.materials["marriage_paper:mother"].way == "verified"


@pytest.mark.parametrize("licence", [{"number": "L1", "valid_to": "2026-01-01"}, {"number": "L1", "status": "revoked"}])
def test_a_licence_that_does_not_hold_spares_nothing(engine, draft, licence):
    known = looked_up(engine, draft, {"licence": [licence]})
    assert "id_card:mother" not in known.materials
    assert "id_card:mother" in keys(engine, known)
    upload = MaterialAnswer(way="upload", at=known.values["mother.name"].at, files=["f"])
    given = engine.provide(known, "id_card:mother", upload)
    assert "id_card:mother" not in keys(engine, given)


def test_without_the_source_a_pledge_stands_in(engine, draft):
    known = looked_up(engine, draft, down=("marriage",))
    assert known.materials["marriage_paper:mother"].way == "pledge"


def test_a_paper_is_given_by_one_of_its_ways(engine, draft):
    known = engine.answer_situation(looked_up(engine, draft), "extras", ["refund"])
    at = known.situations["extras"].at
    later = engine.provide(known, "bill:mother", MaterialAnswer(way="deferred", at=at))
    assert later.materials["bill:mother"].way == "deferred"
    for wrong in (MaterialAnswer(way="pledge", at=at), MaterialAnswer(way="upload", at=at)):
        with pytest.raises(InvalidAnswer, match="way"):
            engine.provide(known, "bill:mother", wrong)
    with pytest.raises(InvalidAnswer, match="not_in_form"):
        engine.provide(known, "bill:father", MaterialAnswer(way="deferred", at=at))


def test_values_are_computed_from_others_and_follow_them(engine, draft):
    draft = engine.answer_situation(looked_up(engine, draft, down=("population",)), "follow", "mother")
    draft = engine.put(draft, "mother.nation", "汉族")
    assert "child[1].nation" not in draft.values
    same = engine.put(draft, "father.nation", "汉族")
    assert (same.values["child[1].nation"].value, same.values["child[1].nation"].origin) == ("01", "derived")
    assert "child[1].nation" not in engine.put(same, "father.nation", "壮族").values
    own = engine.put(same, "child[1].nation", "汉族")
    assert engine.put(own, "father.nation", "壮族").values["child[1].nation"].origin == "citizen"
    assert draft.values["child[1].country"].origin == "default"
