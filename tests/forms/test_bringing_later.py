"""To bring a paper later is a duty with a day: nobody takes it on unasked, where it could be handed in now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.clock import now
from forms.bank import Bank
from forms.draft import Draft, MaterialAnswer
from forms.engine import Engine
from tests.forms.a_tree import good, written
from tests.forms.birth import MOTHER

LATER, NOW, WINDOW = {"way": "deferred", "within_days": 10}, {"way": "upload"}, {"way": "window", "text": "到窗口"}
Made = Callable[..., tuple[Engine, Draft]]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def make(*ways: dict[str, object]) -> tuple[Engine, Draft]:
        tree = good()
        tree["materials/all.yaml"]["materials"][0]["ways"] = list(ways)
        engine = Engine(Bank.load([written(tmp_path, tree)]))
        return engine, engine.answer_situation(engine.start("thing", "330106", MOTHER), "want", "one")

    return make


@pytest.mark.parametrize("ways", [(LATER, NOW), (NOW, LATER), (LATER, WINDOW, NOW)])
def test_now_or_later_is_the_citizens_choice(made, ways):
    engine, draft = made(*ways)
    asked = next(question for question in engine.questions(draft) if question.key == "photo:me")
    assert {way.way for way in asked.ways} == {way["way"] for way in ways}
    later = engine.provide(draft, "photo:me", MaterialAnswer(way="deferred", at=now()))
    assert later.materials["photo:me"].way == "deferred"
    assert engine.blockers(later) == ()
    instead = engine.provide(later, "photo:me", MaterialAnswer(way="upload", at=now(), files=["f"]))
    assert instead.materials["photo:me"].way == "upload"


@pytest.mark.parametrize("ways", [(LATER,), (LATER, WINDOW)])
def test_where_it_cannot_be_handed_in_now_nothing_is_asked(made, ways):
    engine, draft = made(*ways)
    assert draft.materials["photo:me"].way == "deferred"
    assert "photo:me" not in [question.key for question in engine.questions(draft)]
