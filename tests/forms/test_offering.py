"""Options with a condition, and roles that nobody has to play."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import InvalidAnswer
from forms.bank import Bank
from forms.draft import Draft, Login
from forms.engine import Engine
from forms.lint import check_content
from tests.forms.a_tree import SOURCES, good, written

MAN, WOMAN = "330106199003074218", "33010619920508342X"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    content = good()
    want = content["definitions/thing.yaml"]["situations"][0]
    want["options"][0]["when"] = {"login": "sex", "is": "2"}
    want["options"][1]["when"] = {"field": "me.height", "at_least": 100}
    return Engine(Bank.load([written(tmp_path, content)]))


def draft_of(engine: Engine, number: str) -> Draft:
    return engine.start("thing", "330106", Login(name="陈一民", id_number=number))


def offered(engine: Engine, draft: Draft) -> list[str]:
    return [option.value for option in engine.questions(draft)[0].options]


def test_an_option_is_offered_unless_its_condition_is_false(engine: Engine) -> None:
    assert offered(engine, draft_of(engine, WOMAN)) == ["one", "both", "window"]
    assert offered(engine, draft_of(engine, MAN)) == ["both", "window"]
    (situation, _), *_ = engine.situations(draft_of(engine, MAN))
    assert [option.value for option in situation.options] == ["both", "window"]


def test_what_is_not_offered_cannot_be_chosen(engine: Engine) -> None:
    with pytest.raises(InvalidAnswer) as refused:
        engine.answer_situation(draft_of(engine, MAN), "want", "一样")
    assert refused.value.details["options"] == ["两样", "别的"]


def test_an_answer_goes_with_its_option(engine: Engine) -> None:
    draft = engine.answer_situation(draft_of(engine, WOMAN), "want", "both")
    assert draft.situations["want"].value == "both"
    small = engine.settled(draft.model_copy(update={"values": {
        **draft.values, "me.height": draft.values["me.name"].model_copy(update={"value": 80})}}))
    assert "want" not in small.situations
    assert offered(engine, small) == ["one", "window"]


def test_nobody_has_to_play_an_optional_role(tmp_path: Path) -> None:
    content = good()
    content["items/first.yaml"]["roles"]["other"] = "person"
    content["items/first.yaml"]["needs"].append("other.spare")
    content["items/first.yaml"]["materials"].append({"material": "promise", "of": "other"})
    missing = [str(p) for p in check_content([written(tmp_path / "a", content)], SOURCES)]
    assert [line.split(": ", 1)[1] for line in missing if "role" in line] == [
        "nobody plays the role `other` of `first` -> add `other: <subject>` to `roles`",
    ]
    content["items/first.yaml"]["optional_roles"] = ["other"]
    folder = written(tmp_path / "b", content)
    assert not [line for line in map(str, check_content([folder], SOURCES)) if "role" in line]
    engine = Engine(Bank.load([folder]))
    draft = engine.answer_situation(draft_of(engine, MAN), "want", "one")
    paths = list(engine.merge(draft).fields)
    assert "me.name" in paths
    assert not [path for path in paths if path.endswith(".spare")]
    assert list(engine.merge(draft).slots) == ["photo:me"]


def test_only_situations_have_options_with_a_condition(tmp_path: Path) -> None:
    content = good()
    sex = next(e for e in content["elements/person.yaml"]["elements"] if e["code"] == "sex")
    sex.pop("code_set")
    sex["options"] = [{"value": "1", "label": "男", "when": {"login": "sex", "is": "1"}}, {"value": "2", "label": "女"}]
    found = [str(problem) for problem in check_content([written(tmp_path, content)], SOURCES)]
    assert any("which only situations know" in line for line in found)
