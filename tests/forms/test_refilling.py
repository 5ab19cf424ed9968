"""What a source has answered fills a field that is wanted only later, or again; nobody is asked a second time."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.clock import now
from forms.bank import Bank
from forms.draft import Draft, Fact, Login
from forms.engine import Engine
from forms.filling.asking import fingerprint
from tests.forms.a_tree import Content, good, written

ID, HEIGHT = "330106199001010012", "me.height"


def tree() -> Content:
    """The height of whoever wants both is what the source ``own`` may have been asked for already."""
    content = good()
    content["definitions/thing.yaml"]["lookups"][1] |= {
        "gives": {"me.name": "name", HEIGHT: "height"}, "facts": ["height"],
    }
    content["items/second.yaml"]["needs"].append("who.height")
    return content


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine(Bank.load([written(tmp_path, tree())]))


@pytest.fixture
def draft(engine: Engine) -> Draft:
    """The height was asked for to decide something."""
    blank = Draft(one_thing="thing", version=engine.version_of("thing"), region="330106",
                  login=Login(name="陈一民", id_number=ID, phone="13800000001", level=3))
    fact = Fact(lookup="own", source="population", outcome="got", attributes=["name", "height"], query_id="q",
                records=[{"name": "陈一民", "height": 171}], fetched_at=now(), key=fingerprint({"id_number": ID}))
    return engine.settled(engine.settled(blank).model_copy(update={"facts": {"own": fact}}))


def test_wanted_later_it_is_filled_from_what_was_answered(engine: Engine, draft: Draft) -> None:
    one = engine.answer_situation(draft, "want", "one")
    assert HEIGHT not in one.values
    both = engine.answer_situation(one, "want", "both")
    value = both.values[HEIGHT]
    assert (value.value, value.origin, value.source, value.query_id) == (171, "source", "population", "q")
    assert "own" not in {lookup.code for lookup in engine.lookups(both)}


def test_dropped_and_wanted_again_it_comes_back(engine: Engine, draft: Draft) -> None:
    both = engine.answer_situation(draft, "want", "both")
    one = engine.answer_situation(both, "want", "one")
    assert HEIGHT not in one.values
    assert engine.answer_situation(one, "want", "both").values[HEIGHT].value == 171


def test_what_the_citizen_wrote_stands(engine: Engine, draft: Draft) -> None:
    both = engine.answer_situation(draft, "want", "both")
    written_over = engine.put(both, HEIGHT, "168")
    assert engine.settled(written_over).values[HEIGHT].value == 168
