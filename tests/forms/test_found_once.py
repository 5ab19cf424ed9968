"""What is found out once, or not looked at because it cannot matter, is what it would be if it were looked at anew."""

from __future__ import annotations

from typing import Any

import pytest

from forms import paths
from forms.content import uses
from forms.draft import Draft
from forms.engine import Engine
from forms.filling import holding, records
from forms.logic.compare import WORDS, among, compare
from forms.logic.truth import FALSE, truth
from tests.forms import birth


@pytest.fixture(scope="module")
def engine() -> Engine:
    return birth.engine()


@pytest.fixture(scope="module", params=["nothing", "all", "twins", "down"])
def draft(request: pytest.FixtureRequest, engine: Engine) -> Draft:
    """A draft at four moments: before the sources are asked, after, with two babies, with a source that is down."""
    blank = engine.start("birth", "330106", birth.MOTHER)
    told: dict[str, Any] = {
        "all": birth.RECORDS, "twins": birth.RECORDS | {"delivery_record": birth.TWINS}, "down": birth.RECORDS,
    }
    if request.param == "nothing":
        return blank
    down = ("delivery_record",) if request.param == "down" else ()
    return birth.looked_up(engine, blank, told[request.param], down)


@pytest.mark.parametrize("word", ["is_", "is_not", "in_", "has"])
@pytest.mark.parametrize("left", [
    "a", "b", "yes", "true", "", [], ["a"], ["b", "a"], ["b", "c"], [["a"]], [True], [None], ["a", 1], [{"a": 1}],
])
@pytest.mark.parametrize("right", ["a", "yes", "1", ("a", "b"), ["yes", "c"], ("x",)])
def test_looking_a_text_up_is_comparing_one_by_one(word: str, left: Any, right: Any) -> None:
    quick = among(word, right)
    if quick is not None:
        assert quick(left) is compare(word, left, right) is truth(WORDS[word](left, right))


def test_conditions_come_to_what_they_come_to_anew(engine: Engine, draft: Draft) -> None:
    plan, scene = engine.plan(draft.one_thing, draft.region), engine.scene(draft)
    for seen in (scene, scene, scene.copy()):
        assert holding.lookups(plan, seen) == {code: when(scene) for code, when in plan.lookup_when.items()}
        assert holding.away(plan, seen) == {name for name, when in plan.subject_when.items() if when(scene) is FALSE}


def test_a_scene_with_answers_of_its_own_finds_out_for_itself(engine: Engine, draft: Draft) -> None:
    scene, asked = engine.scene(draft), []
    for one in (scene, scene, scene.copy(), scene.at("baby", 1)):
        one.once("a test", lambda: asked.append("found") or len(asked))
    assert [one.once("a test", lambda: 0) for one in (scene, scene.copy())] == [1, 0]
    assert len(asked) == 3


def test_what_is_still_used_does_not_hang_on_what_was_passed_over(
    engine: Engine, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, scene, merge = engine.plan(draft.one_thing, draft.region), engine.scene(draft), engine.merge(draft)
    needed = {paths.unindexed(path) for path in (*merge.fields, *merge.possible)}
    assert merge.asked == needed
    quick = uses.still(plan, scene, merge.active | merge.maybe, needed)
    monkeypatch.setattr(uses.Used, "holds", lambda *_: False)
    assert uses.still(plan, scene, merge.active | merge.maybe, needed) == quick


def test_records_are_read_for_the_paths_that_matter(engine: Engine, draft: Draft) -> None:
    plan, scene = engine.plan(draft.one_thing, draft.region), engine.scene(draft)
    everything = list(records.told(plan, draft, scene))
    for path in {path for _, said in everything for path in said}:
        among_ = list(records.told(plan, draft, scene, frozenset({paths.unindexed(path)})))
        assert [one for one in everything if path in one[1]] == [one for one in among_ if path in one[1]]
    assert list(records.told(plan, draft, scene, frozenset())) == []
