"""Whoever signs in stands at their own place among several: where the register lists them, not simply first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from forms.bank import Bank
from forms.draft import Draft
from forms.engine import Engine
from tests.forms import birth
from tests.forms.a_sale import BUYER, OTHER, SELLER, content
from tests.forms.a_tree import written

OWNERS: list[dict[str, Any]] = [
    {"owner": OTHER.name, "number": OTHER.id_number}, {"owner": SELLER.name, "number": SELLER.id_number},
]
BY_NAME = [{"owner": one["owner"]} for one in OWNERS]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    tree = content()
    definition = tree["definitions/thing.yaml"]
    definition["subjects"]["seller"]["repeat"]["count_from"] = "owners"
    definition["lookups"].append({
        "code": "owners", "source": "estate", "by": {"address": "house.address"}, "each": "seller",
        "gives": {"seller.name": "owner", "seller.id_number": "number"},
    })
    definition["items"][0]["roles"]["house"] = "house"
    tree["items/transfer.yaml"] = {**tree["items/transfer.yaml"], "needs": [
        *tree["items/transfer.yaml"]["needs"], "house.address", "seller.phone", "buyer.phone"]}
    tree["elements/person.yaml"]["elements"].append({"code": "phone", "title": "手机号", "type": "phone"})
    folder: Path = tmp_path_factory.mktemp("own")
    return Engine(Bank.load([written(folder, tree)]))


def a_seller(engine: Engine) -> Draft:
    return engine.answer_situation(engine.start("sale", "330106", SELLER), "who_files", "seller")


def listed(engine: Engine, draft: Draft, owners: list[dict[str, Any]] = OWNERS) -> Draft:
    """The draft after the register was asked who owns the house."""
    asked = engine.put(draft, "house.address", "文三路1号")
    return birth.looked_up(engine, asked, {"estate": owners, "population": []})


def at(draft: Draft, place: str) -> dict[str, tuple[Any, str]]:
    return {e: (v.value, v.origin) for e in ("name", "id_number", "phone") if (v := draft.values.get(f"{place}.{e}"))}


def test_before_the_register_speaks_the_login_stands_first(engine):
    draft = a_seller(engine)
    assert at(draft, "seller[1]") == {
        "name": (SELLER.name, "login"), "id_number": (SELLER.id_number, "login"), "phone": (SELLER.phone, "login"),
    }


def test_the_second_in_the_register_is_the_second_in_the_form(engine):
    draft = listed(engine, a_seller(engine))
    assert at(draft, "seller[1]") == {"name": (OTHER.name, "source"), "id_number": (OTHER.id_number, "source")}
    assert at(draft, "seller[2]") == {
        "name": (SELLER.name, "source"), "id_number": (SELLER.id_number, "source"), "phone": (SELLER.phone, "login"),
    }
    assert draft.values["seller[1].name"].did == "kept"
    asked = [who.key for who in engine.confirmations(draft) if who.code == "seller_agrees"]
    assert asked == ["seller_agrees:seller[1]"]
    assert not [finding for finding in engine.review(draft) if finding.rule == "differs"]


def test_a_register_of_names_alone_is_enough(engine):
    draft = listed(engine, a_seller(engine), BY_NAME)
    assert at(draft, "seller[1]") == {"name": (OTHER.name, "source")}
    assert at(draft, "seller[2]") == {
        "name": (SELLER.name, "source"), "id_number": (SELLER.id_number, "login"), "phone": (SELLER.phone, "login"),
    }


def test_what_was_typed_about_oneself_goes_along(engine):
    draft = listed(engine, engine.put(a_seller(engine), "seller[1].birth_date", "1992-05-08"))
    assert "seller[1].birth_date" not in draft.values
    assert (draft.values["seller[2].birth_date"].value, draft.values["seller[2].birth_date"].origin) == (
        "1992-05-08", "citizen")


def test_the_first_in_the_register_stays_first(engine):
    draft = listed(engine, a_seller(engine), OWNERS[::-1])
    assert at(draft, "seller[1]")["id_number"] == (SELLER.id_number, "source")
    assert at(draft, "seller[1]")["phone"] == (SELLER.phone, "login")
    assert "phone" not in at(draft, "seller[2]")


def test_who_is_not_listed_is_put_in_nobodys_place(engine):
    stranger = listed(engine, engine.start("sale", "330106", BUYER), [OWNERS[0], OWNERS[0]])
    draft = engine.answer_situation(stranger, "who_files", "seller")
    assert not {BUYER.name, BUYER.id_number, BUYER.phone} & {value.value for value in draft.values.values()}


def test_a_case_moves_back_when_there_is_only_one(engine):
    draft = engine.set_count(listed(engine, a_seller(engine)), "seller", 1)
    assert "seller[2].phone" not in draft.values
