"""Content moves on under a draft: whatever was published, each answer is kept, asked again or dropped, and told so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from forms.bank import Bank
from forms.draft import Draft, Login, MaterialAnswer
from forms.engine import Engine, Moved
from tests.forms.a_tree import Content, good, written

LOGIN = Login(name="陈一民", id_number="330106199003074218")
GIVEN = {"me.height": "180", "me.spare": "随便"}
Edit = Callable[[Content], None]


def first() -> Content:
    tree = good()
    tree["items/first.yaml"]["needs"] += ["who.height", "who.spare"]
    return tree


def begun(engine: Engine) -> Draft:
    draft = engine.answer_situation(engine.start("thing", "330106", LOGIN), "want", "both")
    draft = engine.answer_situation(draft, "fast", "no")
    for path, value in GIVEN.items():
        draft = engine.put(draft, path, value)
    at = draft.situations["want"].at
    draft = engine.provide(draft, "photo:me", MaterialAnswer(way="upload", files=["f1"], at=at))
    return engine.provide(draft, "promise:me", MaterialAnswer(way="pledge", at=at))


@pytest.fixture
def moved(tmp_path: Path) -> Callable[[Edit], tuple[Engine, Moved]]:
    """A draft begun before an edit, moved to what was published then."""
    draft = begun(Engine(Bank.load([written(tmp_path / "old", first())])))

    def move(edit: Edit) -> tuple[Engine, Moved]:
        content = first()
        edit(content)
        engine = Engine(Bank.load([written(tmp_path / "new", content)]))
        assert engine.version_of("thing") != draft.version, "a change that anybody may notice is a new version"
        return engine, engine.move(draft)

    return move


def element(content: Content, code: str) -> dict[str, Any]:
    return next(e for e in content["elements/person.yaml"]["elements"] if e["code"] == code)


def asked(engine: Engine, draft: Draft) -> list[str]:
    return [question.key for question in engine.questions(draft)]


def test_an_element_added_is_asked_and_all_else_is_kept(moved) -> None:
    def edit(content: Content) -> None:
        content["elements/person.yaml"]["elements"].append({"code": "shoe", "title": "鞋码", "type": "number"})
        content["items/first.yaml"]["needs"].append("who.shoe")

    engine, result = moved(edit)
    assert {"me.height", "me.spare", "situation:want", "material:photo:me"} <= set(result.kept)
    assert (result.ask_again, result.dropped) == ((), ())
    assert asked(engine, result.draft) == ["me.shoe"]


def test_an_element_removed_is_dropped(moved) -> None:
    def edit(content: Content) -> None:
        content["elements/person.yaml"]["elements"].remove(element(content, "spare"))
        content["items/first.yaml"]["needs"].remove("who.spare")

    engine, result = moved(edit)
    assert result.dropped == ("me.spare",)
    assert asked(engine, result.draft) == []


def test_an_element_no_item_needs_any_more_is_dropped(moved) -> None:
    _, result = moved(lambda content: content["items/first.yaml"]["needs"].remove("who.spare"))
    assert result.dropped == ("me.spare",), "what nobody needs is not kept"


@pytest.mark.parametrize(("retyped", "kept"), [
    ({"type": "text"}, True),
    ({"at_least": 200}, False),
    ({"type": "date", "at_least": None, "at_most": None}, False),
    ({"type": "choice", "at_least": None, "at_most": None, "options": [{"value": "tall", "label": "高"}]}, False),
    ({"type": "choice", "at_least": None, "at_most": None, "options": [{"value": "180", "label": "一米八"}]}, True),
])
def test_an_element_retyped_is_kept_where_it_still_reads(moved, retyped: dict[str, Any], kept: bool) -> None:
    def edit(content: Content) -> None:
        one = element(content, "height")
        one.update(retyped)
        for word in [word for word, value in retyped.items() if value is None]:
            del one[word]

    engine, result = moved(edit)
    assert ("me.height" in result.kept) is kept
    assert ("me.height" in result.ask_again) is not kept
    assert ("me.height" in asked(engine, result.draft)) is not kept


def test_an_option_removed_asks_the_situation_again(moved) -> None:
    def edit(content: Content) -> None:
        content["definitions/thing.yaml"]["situations"][1]["options"].pop()
        content["definitions/thing.yaml"]["situations"][1]["options"].append({"value": "maybe", "label": "看情况"})
        content["definitions/thing.yaml"]["situations"][1]["decided_by"][0]["answer"] = "maybe"
        content["definitions/thing.yaml"]["items"][1]["materials_when"]["promise"]["is"] = "maybe"

    engine, result = moved(edit)
    assert "situation:fast" in result.ask_again
    assert "situation:want" in result.kept
    assert "material:promise:me" in result.kept, "the question that is open may ask for it again"
    assert asked(engine, result.draft) == ["fast"]


def test_a_situation_removed_is_dropped_with_what_hung_on_it(moved) -> None:
    def edit(content: Content) -> None:
        thing = content["definitions/thing.yaml"]
        thing["situations"].pop(1)
        thing["items"][1].pop("needs_when")
        thing["items"][1].pop("materials_when")

    _, result = moved(edit)
    assert result.dropped == ("situation:fast",)
    assert {"situation:want", "material:promise:me"} <= set(result.kept)


def test_an_item_split_in_two_asks_nothing_twice(moved) -> None:
    def edit(content: Content) -> None:
        needs = content["items/first.yaml"]["needs"]
        needs.remove("who.spare")
        content["items/half.yaml"] = {
            "code": "half", "title": "另一半", "department": "丙", "kind": "公共服务", "limit": {"promised": 1},
            "roles": {"who": "person"}, "needs": ["who.name", "who.spare"], "results": ["半证"],
            "materials": [{"material": "photo", "of": "who"}],
        }
        content["definitions/thing.yaml"]["items"].append({"item": "half", "roles": {"who": "me"}})

    engine, result = moved(edit)
    assert (result.ask_again, result.dropped) == ((), ())
    assert asked(engine, result.draft) == []
    assert {leg.code for leg in engine.legs(result.draft)} == {"first", "half", "second"}
    assert result.draft.values["me.spare"].value == "随便"


def test_a_way_of_giving_a_paper_that_is_gone_is_chosen_again(moved) -> None:
    def edit(content: Content) -> None:
        content["materials/all.yaml"]["materials"][1]["ways"] = [{"way": "upload"}]

    engine, result = moved(edit)
    assert "material:promise:me" in result.ask_again
    assert asked(engine, result.draft) == ["promise:me"]
    assert "material:photo:me" in result.kept


def test_nothing_of_the_old_draft_is_left_untold(moved) -> None:
    def edit(content: Content) -> None:
        content["definitions/thing.yaml"]["items"].pop()
        content["definitions/thing.yaml"]["rules"].pop()
        content["definitions/thing.yaml"]["situations"].pop()
        content["definitions/thing.yaml"]["limit"] = {"promised": 5}

    _, result = moved(edit)
    told = {*result.kept, *result.ask_again, *result.dropped}
    assert {"situation:want", "situation:fast", "material:photo:me", "material:promise:me", *GIVEN} <= told
    assert not set(result.kept) & {*result.ask_again, *result.dropped}
