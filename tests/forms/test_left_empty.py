"""What was left empty on purpose does not exist; what nobody was asked yet is unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.bank import Bank
from forms.content.condition_schema import Condition
from forms.engine import Engine
from forms.logic.conditions import evaluate
from tests.forms.a_tree import good, written
from tests.forms.birth import MOTHER


@pytest.mark.parametrize(("act", "exists"), [("nothing", None), ("skip", False), ("empty", False), ("answer", True)])
def test_whether_an_optional_field_exists(tmp_path: Path, act: str, exists: bool | None) -> None:
    tree = good()
    tree["items/first.yaml"]["needs"].append({"element": "who.spare", "required": False})
    engine = Engine(Bank.load([written(tmp_path, tree)]))
    draft = engine.start("thing", "330106", MOTHER)
    if act == "skip":
        draft = engine.skip(draft, "me.spare")
    elif act != "nothing":
        draft = engine.put(draft, "me.spare", "x" if act == "answer" else "")
    there, gone = ({"field": "me.spare", "exists": wanted} for wanted in (True, False))
    assert evaluate(Condition.model_validate(there), engine.scene(draft)) is exists
    assert evaluate(Condition.model_validate(gone), engine.scene(draft)) is (None if exists is None else not exists)
