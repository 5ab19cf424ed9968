"""A record says who somebody is and their name with it: when it is somebody else, all of that goes with the number."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from forms.bank import Bank
from forms.draft import Consent, Draft
from forms.engine import Engine
from forms.filling.recheck import recheck
from integrations.sources.base import Answer, Purpose, Query
from tests.forms.birth import FATHER_ID, FOLDER, MOTHER, OTHER_MOTHER_ID, RECORDS, TODAY, check_digit, looked_up

NEW_ID = check_digit("33010619880808001")
NUMBER, NAME, HOME = "father.id_number", "father.name", "father.address"


@pytest.fixture
def engine() -> Engine:
    """A number that may be corrected, not only contested."""
    bank = Bank.load([FOLDER])
    person = bank.kinds["person"]
    change = {"edit": "correctable"}
    free = [one.model_copy(update=change) if one.code == "id_number" else one for one in person.elements]
    bank.kinds["person"] = person.model_copy(update={"elements": tuple(free)})
    return Engine(bank, lambda: TODAY)


@pytest.fixture
def known(engine: Engine) -> Draft:
    """The marriage record has told the father's number and name; his household his address."""
    draft = engine.answer_situation(engine.start("birth", "330106", MOTHER), "follow", "father")
    draft = looked_up(engine, draft)
    assert (draft.values[NUMBER].value, draft.values[NAME].value) == (FATHER_ID, "陈一民")
    assert HOME in draft.values
    return draft


def test_the_name_and_the_address_go_with_the_number(engine: Engine, known: Draft) -> None:
    corrected = engine.put(known, NUMBER, NEW_ID)
    assert corrected.values[NUMBER].did == "corrected"
    assert NAME not in corrected.values
    assert HOME not in corrected.values
    assert {NAME, HOME} <= {question.key for question in engine.questions(corrected)}


def test_they_are_looked_up_by_the_new_number(engine: Engine, known: Draft) -> None:
    corrected = engine.put(known, NUMBER, NEW_ID)
    asked = {path: lookup for lookup in engine.lookups(corrected) for path in lookup.gives}
    assert asked[NAME].source == "population"
    assert asked[NAME].key == asked[HOME].key == {"id_number": NEW_ID}
    filled = looked_up(engine, corrected, {
        "population": [{"name": "赵一新"}], "household": [{"address": "杭州市西湖区学院路2号", "kind": "家庭户"}],
    })
    assert (filled.values[NAME].value, filled.values[NAME].source) == ("赵一新", "population")
    assert filled.values[HOME].value == "杭州市西湖区学院路2号"


def test_taken_back_the_record_speaks_again(engine: Engine, known: Draft) -> None:
    back = engine.put(engine.put(known, NUMBER, NEW_ID), NUMBER, FATHER_ID)
    assert (back.values[NAME].value, back.values[NAME].source) == ("陈一民", "marriage")


def test_what_the_citizen_wrote_stays(engine: Engine, known: Draft) -> None:
    corrected = engine.put(engine.put(known, NUMBER, NEW_ID), NAME, "赵一新")
    assert engine.settled(corrected).values[NAME].value == "赵一新"
    again = engine.put(corrected, NUMBER, OTHER_MOTHER_ID)
    assert again.values[NAME].value == "赵一新"


def test_a_contested_number_parts_them_too(known: Draft) -> None:
    engine = Engine(Bank.load([FOLDER]), lambda: TODAY)
    contested = engine.contest(known, NUMBER, NEW_ID, "登记错了")
    assert NAME not in contested.values
    assert contested.values[NUMBER].fetched == FATHER_ID


def test_typed_before_the_record_came_nothing_of_it_is_taken(engine: Engine) -> None:
    draft = engine.answer_situation(engine.start("birth", "330106", MOTHER), "follow", "father")
    filled = looked_up(engine, engine.put(draft, NUMBER, NEW_ID), {"population": [], "household": []})
    assert (filled.values[NUMBER].value, filled.values[NUMBER].fetched) == (NEW_ID, FATHER_ID)
    assert NAME not in filled.values


async def test_checked_again_at_the_end_only_the_number_differs(engine: Engine, known: Draft) -> None:
    held: dict[str, list[dict[str, Any]]] = RECORDS | {"population": [{"name": "赵一新", "nation": "01"}]}
    moment = datetime(2026, 3, 18, tzinfo=UTC)
    filled = looked_up(engine, engine.put(known, NUMBER, NEW_ID), held)
    consent = Consent(id="c", given=True, purpose="", sources=[], items=[], text="", at=moment)

    async def ask(query: Query) -> Answer:
        return Answer("got", "q", moment, tuple(held.get(query.source, [])))

    purpose = Purpose("birth", "", (), "d", "c", "citizen")
    again = await recheck(engine, filled.model_copy(update={"consent": consent}), ask, purpose, 5)
    assert [(one.path, one.new) for one in again.differences if one.path.startswith("father.")] == [(NUMBER, False)]
