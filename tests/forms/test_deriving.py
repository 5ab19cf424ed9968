"""Values that content gives are of the kind that the element says, and good enough to be sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from forms.bank import Bank
from forms.draft import Draft
from forms.engine import Engine
from tests.forms.a_tree import Content, good, written
from tests.forms.birth import MOTHER

Made = Callable[..., tuple[Engine, Draft]]


def with_elements(tree: Content, *elements: dict[str, Any]) -> None:
    tree["elements/person.yaml"]["elements"] += elements
    tree["items/first.yaml"]["needs"] += [f"who.{element['code']}" for element in elements]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def make(change: Callable[[Content], None]) -> tuple[Engine, Draft]:
        tree = good()
        change(tree)
        engine = Engine(Bank.load([written(tmp_path, tree)]))
        return engine, engine.start("thing", "330106", MOTHER)

    return make


@pytest.mark.parametrize(
    ("kind", "said", "meant"),
    [("number", "6", 6), ("number", "2.5", 2.5), ("money", "100", 100), ("text", "6", "6"), ("choice", "1", "1")],
)
def test_a_default_is_of_the_kind_of_its_element(made, kind, said, meant):
    options = {"options": [{"value": "1", "label": "一"}]} if kind == "choice" else {}
    _, draft = made(lambda tree: with_elements(
        tree, {"code": "months", "title": "月数", "type": kind, "default": said, **options}))
    value = draft.values["me.months"]
    assert (value.value, type(value.value), value.origin) == (meant, type(meant), "default")


def test_a_number_that_a_derivation_writes_as_text_is_a_number(made):
    def change(tree: Content) -> None:
        with_elements(tree, {"code": "months", "title": "月数", "type": "number"})
        tree["definitions/thing.yaml"]["derive"].append({"path": "me.months", "using": {"value": "12"}})

    _, draft = made(change)
    assert draft.values["me.months"].value == 12


def test_the_day_is_enough_where_a_time_is_computed(made):
    def change(tree: Content) -> None:
        with_elements(tree, {"code": "born_at", "title": "出生时间", "type": "datetime"})
        tree["definitions/thing.yaml"]["derive"].append(
            {"path": "me.born_at", "by": "birth_date_of_id", "using": {"id_number": "$me.id_number"}})

    engine, draft = made(change)
    assert draft.values["me.born_at"].value == "1992-03-15"
    assert "me.born_at" not in {finding.about for finding in engine.blockers(draft)}
    assert engine.shown(draft, "me.born_at") == "1992年3月15日"
    exact = engine.put(draft, "me.born_at", "1992-03-15 08:30")
    assert engine.shown(exact, "me.born_at") == "1992年3月15日 08:30"
